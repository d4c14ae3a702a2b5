/**
 * `<pairwell-chat shop="Name" locale="en-GB" product-id="…" api="/api/chat">`: the chat on a shop's page.
 *
 * It opens no session before the shopper opens the panel for the first time. It dispatches `pairwell-cart`
 * (detail: CartEvent) when the conversation changes the cart, so that the page can show it.
 */

import { LitElement, html, nothing, svg, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Conversation } from "./conversation";
import type { CartEvent, Choice } from "./model";
import { browserStore, type Store } from "./store";
import { stringsFor } from "./strings";
import { styles } from "./styles";
import { answerable, taken } from "./thread";
import { messageView } from "./views";

const LONGEST_MESSAGE = 2000;
const COUNT_FROM = 1800;
// Nobody reads an offer in this many ms.
const UNINTENDED = 400;

export class PairwellChat extends LitElement {
  static override styles = styles;
  static override properties = {
    shop: {},
    locale: {},
    api: {},
    productId: { attribute: "product-id" },
    aside: { type: Boolean },
    open: { type: Boolean, reflect: true },
    draft: { state: true },
    unread: { state: true },
  };

  declare shop: string;
  declare locale: string;
  declare api: string;
  declare productId: string;
  /** Set on a page with something to fill in or to read: a panel left open elsewhere does not cover it. */
  declare aside: boolean;
  declare open: boolean;
  declare draft: string;
  declare unread: number;

  private readonly store: Store = browserStore();
  private conversation!: Conversation;
  private botSpokeAt = 0;
  /** Whether the shopper opened the panel on this page; one that is only restored does not move. */
  private asked = false;
  private readonly onVisibility = () => this.follow();

  constructor() {
    super();
    this.shop = "";
    this.locale = "en";
    this.api = "/api/chat";
    this.productId = "";
    this.aside = false;
    this.open = false;
    this.draft = this.store.draft;
    this.unread = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.conversation = new Conversation({
      base: this.api,
      locale: this.locale,
      store: this.store,
      onChange: () => this.requestUpdate(),
      onCart: (cart) => this.tellPage(cart),
      onBotMessage: () => {
        this.botSpokeAt = performance.now();
        if (!this.open) this.unread += 1;
      },
    });
    document.addEventListener("visibilitychange", this.onVisibility);
    if (this.conversation.begun && this.productId) this.conversation.look(this.productId);
    // On a phone the panel covers the page: one that the shopper went to is to be seen.
    const narrow = window.matchMedia("(max-width: 480px)").matches;
    const covers = (narrow || this.aside) && this.store.openOn !== location.pathname;
    if (this.store.openOn && !covers) this.show(false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.conversation.pause();
  }

  override render() {
    return this.open ? this.panel() : this.launcher();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("open")) this.following = true;
    const log = this.log;
    if (!log || !this.following) return;
    // To the end, but not past what was asked: a long answer is read from its beginning.
    const asked = [...log.querySelectorAll<HTMLElement>(".shopper")].at(-1);
    const end = log.scrollHeight - log.clientHeight;
    this.scrolledTo = Math.round(asked ? Math.min(end, asked.offsetTop - 10) : end);
    log.scrollTop = this.scrolledTo;
  }

  /** Whether the log moves with the conversation; not while the shopper reads further up. */
  private following = true;
  private scrolledTo = 0;

  private onScroll(): void {
    const log = this.log;
    if (!log || Math.abs(log.scrollTop - this.scrolledTo) < 3) return;
    this.following = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  }

  private get log(): HTMLElement | null {
    return this.renderRoot.querySelector(".log");
  }

  private get words() {
    return stringsFor(this.locale);
  }

  private launcher() {
    const label = this.unread ? `${this.words.open}, ${this.words.unread(this.unread)}` : this.words.open;
    return html`<button class="launcher" aria-label=${label} aria-expanded="false" @click=${() => this.show(true)}>
      ${bubbleIcon}${this.unread ? html`<span class="unread" aria-hidden="true">${this.unread}</span>` : nothing}
    </button>`;
  }

  private panel() {
    return html`<section
      class="panel ${this.asked ? "asked" : ""}"
      role="dialog"
      aria-label="${this.shop}: ${this.words.bot}"
      @keydown=${this.onKey}
    >
      <header class="head">
        <div class="who">
          <h2>${this.shop}</h2>
          <p>${this.words.bot}</p>
        </div>
        <button class="human" @click=${() => this.say(this.words.humanMessage)}>${this.words.human}</button>
        <button class="close" aria-label=${this.words.close} @click=${() => this.hide()}>×</button>
      </header>
      <div class="log" role="log" aria-live="polite" aria-label=${this.words.conversation} tabindex="0" @scroll=${this.onScroll}>
        ${this.messages()}
      </div>
      ${this.conversation.connected ? nothing : html`<p class="lost" role="status">${this.words.offline}</p>`}
      ${this.entry()}
    </section>`;
  }

  private messages() {
    const thread = this.conversation.thread;
    const open = answerable(thread);
    const chosen = taken(thread);
    const actions = {
      choose: (choice: Choice, event: MouseEvent) => this.choose(choice, event),
      retry: this.conversation.retry.bind(this.conversation),
    };
    return html`
      ${thread.messages.length ? nothing : this.welcome()}
      ${repeat(
        thread.messages,
        (message) => message.key,
        (message) => messageView(message, { answerable: open.has(message.key), taken: chosen }, actions, this.words),
      )}
      ${thread.typing
        ? html`<div class="message bot typing" role="img" aria-label=${this.words.typing}><i></i><i></i><i></i></div>`
        : nothing}
    `;
  }

  /** Before the first word: who this is and what to ask. The assistant introduces itself in its first answer. */
  private welcome() {
    return html`<div class="message bot welcome">
      <p class="bubble">${this.words.welcome(this.shop)}</p>
      <div class="choices" role="group" aria-label=${this.words.starterGroup}>
        ${this.words.starters.map(
          (text) => html`<button class="choice" type="button" @click=${() => this.say(text)}>${text}</button>`,
        )}
      </div>
    </div>`;
  }

  private entry() {
    const left = LONGEST_MESSAGE - this.draft.length;
    return html`<form class="foot" @submit=${this.onSubmit}>
      <div class="entry">
        <textarea
          rows="1"
          aria-label=${this.words.inputLabel}
          placeholder=${this.words.placeholder}
          .value=${this.draft}
          @input=${this.onInput}
        ></textarea>
        <button class="send" type="submit" aria-label=${this.words.send} ?disabled=${!this.sendable}>${sendIcon}</button>
      </div>
      ${this.draft.length < COUNT_FROM
        ? nothing
        : html`<p class="counter ${left < 0 ? "fault" : ""}" role="status">
            ${left < 0 ? this.words.tooLong(-left) : this.words.left(left)}
          </p>`}
    </form>`;
  }

  private get sendable(): boolean {
    return this.draft.trim() !== "" && this.draft.length <= LONGEST_MESSAGE;
  }

  /** Open the panel. `focus` is for a shopper who asked for it, not for a page that restores it. */
  private show(focus: boolean): void {
    const first = !this.conversation.begun;
    this.asked = focus;
    this.open = true;
    this.unread = 0;
    this.store.openOn = location.pathname;
    this.follow();
    if (first && this.productId) this.conversation.look(this.productId);
    if (focus) void this.updateComplete.then(() => this.focusInput());
  }

  private hide(): void {
    this.open = false;
    this.store.openOn = "";
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus());
  }

  /** A tab in the background lets go of its connection: browsers allow only a few to one server. */
  private follow(): void {
    if (document.hidden) this.conversation.pause();
    else if (this.open || this.unread) this.conversation.start();
  }

  private say(text: string): void {
    this.following = true;
    this.conversation.say(text);
  }

  private choose(choice: Choice, event: MouseEvent): void {
    // The second half of a double click must not say yes to what has just appeared under the pointer.
    if (choice.kind === "accept" && performance.now() - this.botSpokeAt < UNINTENDED) return;
    this.following = true;
    this.conversation.choose(choice.id, choice.title);
    // A key press leaves no pointer behind: without this the focus would vanish with the button.
    if (event.detail === 0) this.focusInput();
  }

  private focusInput(): void {
    this.renderRoot.querySelector("textarea")?.focus();
  }

  private onInput(event: InputEvent): void {
    this.draft = (event.target as HTMLTextAreaElement).value;
    this.store.draft = this.draft;
  }

  private onSubmit(event: Event): void {
    event.preventDefault();
    if (!this.sendable) return;
    this.say(this.draft.trim());
    this.draft = "";
    this.store.draft = "";
    this.focusInput();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.hide();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      if (event.target instanceof HTMLTextAreaElement) this.onSubmit(event);
    }
  }

  private tellPage(cart: CartEvent): void {
    this.dispatchEvent(new CustomEvent<CartEvent>("pairwell-cart", { detail: cart, bubbles: true, composed: true }));
  }
}

const bubbleIcon = svgIcon("M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-5 4.5V16A2 2 0 0 1 4 14z");
const sendIcon = svgIcon("M3 20.5 21 12 3 3.5l2.6 7L14 12l-8.4 1.5z");

function svgIcon(path: string) {
  return html`<svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;
}

customElements.define("pairwell-chat", PairwellChat);
