/** What travels between the gateway's chat API and the widget. Prices are texts, formatted by the server. */

export type ChoiceKind = "accept" | "decline" | "stop_offers" | "why" | "show" | "checkout" | "human" | "other";

export interface Choice {
  id: string;
  title: string;
  kind: ChoiceKind;
  /** A link choice opens this address and sends nothing. */
  url?: string;
}

export interface Card {
  product_id: string;
  title: string;
  price: string;
  compare_at?: string | null;
  image?: string;
  url?: string;
  subtitle?: string;
}

/** The data of a `message` event. `id` is the one that the widget gave a message of the shopper. */
export interface MessageEvent {
  from: "bot" | "shopper";
  text: string;
  choices?: Choice[];
  cards?: Card[];
  offer?: { id: string } | null;
  id?: string;
}

/** What the shopper says: free text, or the id of a choice (`text` is then the choice's title, for showing). */
export interface Outgoing {
  id: string;
  text: string;
  choice?: string;
}

/** The data of a `cart` event, handed on to the page as the DOM event `pairwell-cart`. */
export interface CartEvent {
  count: number;
  total?: string;
}
