/** How one message looks. Nothing here keeps state or talks to the network. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Card, Choice } from "./model";
import type { Strings } from "./strings";
import type { Message } from "./thread";

export interface MessageActions {
  choose: (choice: Choice, event: MouseEvent) => void;
  retry: (message: Message) => void;
}

export interface MessageState {
  /** Whether its choices can still be used. */
  answerable: boolean;
  /** Ids of the choices that were taken. */
  taken: Set<string>;
}

/** A message of either side: bubble, cards, choices. */
export function messageView(message: Message, state: MessageState, actions: MessageActions, words: Strings) {
  if (message.from === "shopper") return shopperView(message, actions, words);
  if (message.isOffer) return offerView(message, state, actions, words);
  return html`<div class="message bot">
    <span class="unseen">${words.assistant}: </span>
    ${message.text ? html`<p class="bubble">${message.text}</p>` : nothing}
    ${message.cards.length ? cardsView(message.cards, words) : nothing}
    ${answersView(message.choices, state, actions, words)}
  </div>`;
}

function shopperView(message: Message, actions: MessageActions, words: Strings): TemplateResult {
  return html`<div class="message shopper ${message.status}">
    <span class="unseen">${words.you}: </span>
    <p class="bubble">${message.text}</p>
    ${message.status === "sending" ? html`<p class="status">${words.sending}</p>` : nothing}
    ${message.status === "failed"
      ? html`<p class="status fault" role="alert">
          ${message.fault || words.notSent}
          <button class="link" @click=${() => actions.retry(message)}>${words.tryAgain}</button>
        </p>`
      : nothing}
  </div>`;
}

/** An offer: the product, the price with its working, and the answers, in one frame. */
function offerView(message: Message, state: MessageState, actions: MessageActions, words: Strings): TemplateResult {
  return html`<section class="message bot offer ${state.answerable ? "" : "settled"}" aria-label=${words.offer}>
    <div class="offer-cards">${repeat(message.cards, (card) => card.product_id, (card) => cardView(card, words))}</div>
    <p class="working">${message.text}</p>
    ${answersView(message.choices, state, actions, words)}
  </section>`;
}

/**
 * Wherever a yes and a no belong together they stand side by side in equal columns and look the same, so that
 * neither is nudged; what is only asked about ("Why this?") is a smaller link below them.
 */
function answersView(choices: Choice[], state: MessageState, actions: MessageActions, words: Strings) {
  if (!choices.some((choice) => choice.kind === "decline")) {
    return choicesView(choices, "choices", state, actions, words.choices);
  }
  const answers = choices.filter((choice) => choice.kind === "accept" || choice.kind === "decline");
  const asides = choices.filter((choice) => choice.kind === "why" || choice.kind === "stop_offers");
  const others = choices.filter((choice) => !answers.includes(choice) && !asides.includes(choice));
  return html`
    ${choicesView(answers, "answers", state, actions, words.choices)}
    ${choicesView(others, "choices", state, actions, words.choices)}
    ${choicesView(asides, "asides", state, actions, words.choices)}
  `;
}

function choicesView(choices: Choice[], look: string, state: MessageState, actions: MessageActions, label: string) {
  if (!choices.length) return nothing;
  return html`<div class=${look} role="group" aria-label=${label}>
    ${repeat(choices, (choice) => choice.id, (choice) => choiceView(choice, state, actions))}
  </div>`;
}

function choiceView(choice: Choice, state: MessageState, actions: MessageActions): TemplateResult {
  if (choice.url) {
    return html`<a class="choice" href=${choice.url} data-kind=${choice.kind}>${choice.title}</a>`;
  }
  const taken = state.taken.has(choice.id);
  return html`<button
    class="choice ${taken ? "taken" : ""}"
    type="button"
    data-kind=${choice.kind}
    ?disabled=${!state.answerable}
    @click=${(event: MouseEvent) => actions.choose(choice, event)}
  >
    ${taken ? "✓ " : nothing}${choice.title}
  </button>`;
}

function cardsView(cards: Card[], words: Strings): TemplateResult {
  return html`<ul class="cards" aria-label=${words.products}>
    ${repeat(cards, (card) => card.product_id, (card) => html`<li>${cardView(card, words)}</li>`)}
  </ul>`;
}

function cardView(card: Card, words: Strings): TemplateResult {
  const inside = html`
    ${card.image
      ? html`<img src=${card.image} alt="" width="160" height="160" loading="lazy" />`
      : html`<span class="no-picture" aria-hidden="true">${card.title.slice(0, 1)}</span>`}
    <span class="card-text">
      <span class="card-title">${card.title}</span>
      <span class="card-price">
        <b>${card.price}</b>
        ${card.compare_at ? html`<s><span class="unseen">${words.before}: </span>${card.compare_at}</s>` : nothing}
      </span>
      ${card.subtitle ? html`<span class="card-subtitle">${card.subtitle}</span>` : nothing}
    </span>
  `;
  return card.url ? html`<a class="card" href=${card.url}>${inside}</a>` : html`<span class="card">${inside}</span>`;
}
