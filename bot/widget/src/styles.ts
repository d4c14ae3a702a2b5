/** The widget's looks. A shop sets `--pairwell-accent` and `--pairwell-accent-ink` on the element to match its own. */

import { css } from "lit";

export const styles = css`
  :host {
    --accent: var(--pairwell-accent, #1f5c4a);
    --accent-ink: var(--pairwell-accent-ink, #ffffff);
    --surface: #ffffff;
    --back: #f6f4ef;
    --ink: #1d2521;
    --quiet: #5a645e;
    --line: #d9d5cb;
    --soft: #e4efe9;
    --fault: #a52a1e;
    position: fixed;
    right: 20px;
    bottom: 20px;
    z-index: 2147483000;
    color: var(--ink);
    font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
    text-align: left;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --accent: var(--pairwell-accent, #7cc7a8);
      --accent-ink: var(--pairwell-accent-ink, #10201a);
      --surface: #1e2421;
      --back: #171c19;
      --ink: #edf1ee;
      --quiet: #a6b0aa;
      --line: #3d4741;
      --soft: #24352d;
      --fault: #ff9a8d;
    }

    /* Pictures are mostly on light grounds. */
    img {
      filter: brightness(0.88);
    }
  }

  * {
    box-sizing: border-box;
  }

  button,
  textarea {
    font: inherit;
    color: inherit;
  }

  button {
    cursor: pointer;
  }

  p,
  ul,
  h2 {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* The bubble that opens the chat */

  .launcher {
    position: relative;
    display: grid;
    place-items: center;
    width: 60px;
    height: 60px;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--accent-ink);
    box-shadow: 0 6px 20px rgb(0 0 0 / 28%);
    transition: transform 0.15s;
  }

  .launcher svg {
    width: 28px;
    height: 28px;
  }

  .unread {
    position: absolute;
    top: -3px;
    right: -3px;
    min-width: 22px;
    padding: 0 6px;
    border-radius: 11px;
    background: var(--fault);
    color: #ffffff;
    font-size: 13px;
    line-height: 22px;
  }

  /* The panel */

  .panel {
    display: flex;
    flex-direction: column;
    width: min(390px, calc(100vw - 40px));
    height: min(660px, calc(100dvh - 40px));
    border: 1px solid var(--line);
    border-radius: 18px;
    overflow: hidden;
    background: var(--back);
    box-shadow: 0 16px 48px rgb(0 0 0 / 26%);
  }

  .panel.asked {
    animation: rise 0.18s ease-out;
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(12px);
    }
  }

  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 10px 12px 16px;
    background: var(--accent);
    color: var(--accent-ink);
  }

  .who {
    flex: 1;
    min-width: 0;
    line-height: 1.3;
  }

  .who h2 {
    display: -webkit-box;
    overflow: hidden;
    font-size: 16px;
    line-height: 1.2;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  .who p {
    font-size: 13px;
  }

  .head button {
    flex: none;
    height: 36px;
    padding: 0 12px;
    border: 1px solid currentcolor;
    border-radius: 18px;
    background: none;
    font-size: 13px;
  }

  .head .close {
    width: 36px;
    padding: 0;
    border-color: transparent;
    font-size: 22px;
    line-height: 1;
  }

  .head :focus-visible {
    outline-color: currentcolor;
  }

  .log {
    position: relative;
    flex: 1;
    padding: 16px 14px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .lost {
    padding: 6px 14px;
    background: var(--soft);
    font-size: 13px;
    text-align: center;
  }

  /* Messages */

  .message {
    margin-bottom: 12px;
  }

  .bubble {
    width: fit-content;
    max-width: 88%;
    padding: 9px 13px;
    border-radius: 16px;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  .bot .bubble {
    border: 1px solid var(--line);
    border-bottom-left-radius: 5px;
    background: var(--surface);
  }

  .shopper .bubble {
    margin-left: auto;
    border-bottom-right-radius: 5px;
    background: var(--accent);
    color: var(--accent-ink);
  }

  .shopper.sending .bubble,
  .shopper.failed .bubble {
    opacity: 0.75;
  }

  .status {
    margin-top: 3px;
    color: var(--quiet);
    font-size: 13px;
    text-align: right;
  }

  .fault {
    color: var(--fault);
  }

  .link {
    padding: 2px;
    border: 0;
    background: none;
    text-decoration: underline;
  }

  .typing {
    display: flex;
    gap: 5px;
    width: fit-content;
    padding: 14px 15px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--surface);
  }

  .typing i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--quiet);
    animation: blink 1.2s infinite;
  }

  .typing i:nth-child(2) {
    animation-delay: 0.2s;
  }

  .typing i:nth-child(3) {
    animation-delay: 0.4s;
  }

  @keyframes blink {
    50% {
      opacity: 0.25;
    }
  }

  /* Products */

  .cards {
    display: flex;
    gap: 10px;
    margin: 8px -14px 0;
    padding: 3px 14px 8px;
    overflow-x: auto;
    scroll-padding: 14px;
    scroll-snap-type: x proximity;
    scrollbar-width: thin;
  }

  .cards li {
    flex: none;
    width: 150px;
    scroll-snap-align: start;
  }

  .card {
    display: flex;
    flex-direction: column;
    height: 100%;
    border: 1px solid var(--line);
    border-radius: 12px;
    overflow: hidden;
    background: var(--surface);
    color: var(--ink);
    text-decoration: none;
  }

  .card img,
  .no-picture {
    width: 100%;
    height: auto;
    aspect-ratio: 4 / 3;
    object-fit: cover;
    background: var(--soft);
  }

  .no-picture {
    display: grid;
    place-items: center;
    color: var(--accent);
    font-size: 28px;
    font-weight: 700;
  }

  .card-text {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 2px;
    padding: 8px 10px 10px;
    min-width: 0;
    font-size: 14px;
    line-height: 1.3;
  }

  .card-title {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .card-price {
    margin-top: auto;
    padding-top: 3px;
  }

  .card-price s {
    margin-left: 5px;
    color: var(--quiet);
    font-size: 13px;
  }

  .card-subtitle {
    color: var(--quiet);
    font-size: 13px;
  }

  /* Choices */

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 9px;
  }

  .choice {
    display: inline-block;
    min-height: 38px;
    padding: 7px 14px;
    border: 1px solid var(--accent);
    border-radius: 19px;
    background: var(--surface);
    color: var(--accent);
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    overflow-wrap: anywhere;
  }

  .choice:disabled {
    border-color: var(--line);
    color: var(--quiet);
    font-weight: 400;
    cursor: default;
  }

  /* An offer: one frame around product, working and answer */

  .offer {
    padding: 12px;
    border: 1px solid var(--accent);
    border-radius: 16px;
    background: var(--surface);
  }

  .offer.settled {
    border-color: var(--line);
  }

  .offer-cards {
    display: grid;
    gap: 8px;
  }

  .offer .card {
    flex-direction: row;
    align-items: center;
  }

  .offer .card img,
  .offer .no-picture {
    flex: none;
    width: 88px;
    aspect-ratio: 1;
  }

  .working {
    margin-top: 10px;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }

  .answers {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
    margin-top: 11px;
  }

  .answers .choice {
    min-height: 44px;
  }

  .asides {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 4px 18px;
    margin-top: 8px;
  }

  .asides .choice {
    min-height: 28px;
    padding: 3px 4px;
    border: 0;
    background: none;
    font-size: 13px;
    font-weight: 400;
    text-decoration: underline;
  }

  /* Writing */

  .foot {
    padding: 10px;
    border-top: 1px solid var(--line);
    background: var(--surface);
  }

  .entry {
    display: flex;
    align-items: flex-end;
    gap: 8px;
  }

  textarea {
    flex: 1;
    min-width: 0;
    min-height: 42px;
    max-height: 130px;
    padding: 9px 13px;
    border: 1px solid var(--quiet);
    border-radius: 21px;
    background: var(--surface);
    /* Smaller letters would make phones zoom in. */
    font-size: 16px;
    line-height: 22px;
    resize: none;
    field-sizing: content;
  }

  textarea::placeholder {
    color: var(--quiet);
    opacity: 1;
  }

  textarea:focus-visible {
    outline-offset: 0;
  }

  .send {
    display: grid;
    flex: none;
    place-items: center;
    width: 42px;
    height: 42px;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--accent-ink);
  }

  .send:disabled {
    background: var(--line);
    color: var(--quiet);
    cursor: default;
  }

  .send svg {
    width: 20px;
    height: 20px;
  }

  .counter {
    padding: 4px 14px 0;
    color: var(--quiet);
    font-size: 13px;
  }

  /* Only under a real pointer: after a tap a phone leaves "hover" on, and a button would look chosen. */
  @media (hover: hover) {
    .launcher:hover {
      transform: scale(1.05);
    }

    .head button:hover {
      background: rgb(127 127 127 / 28%);
    }

    a.card:hover {
      border-color: var(--accent);
    }

    .choice:hover:not(:disabled) {
      text-decoration: underline;
    }
  }

  @media (max-width: 480px) {
    :host([open]) {
      inset: 0;
    }

    .panel {
      width: 100%;
      height: 100%;
      border: 0;
      border-radius: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
