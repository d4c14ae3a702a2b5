/** Every sentence that the widget itself says. What the assistant says comes from the server. */
export interface Strings {
  open: string;
  unread: (count: number) => string;
  close: string;
  bot: string;
  human: string;
  humanMessage: string;
  conversation: string;
  welcome: (shop: string) => string;
  starters: string[];
  starterGroup: string;
  placeholder: string;
  inputLabel: string;
  send: string;
  left: (count: number) => string;
  tooLong: (count: number) => string;
  typing: string;
  you: string;
  assistant: string;
  sending: string;
  notSent: string;
  tryAgain: string;
  offline: string;
  products: string;
  offer: string;
  choices: string;
  before: string;
}

export const english: Strings = {
  open: "Open the shop assistant",
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  close: "Close the chat",
  bot: "Assistant (bot)",
  human: "Talk to a person",
  humanMessage: "I would like to talk to a person",
  conversation: "Conversation",
  welcome: (shop) =>
    `Hello! I am the assistant of ${shop}, a bot. Ask me about products, your cart, orders or delivery. ` +
    "A person is one button away, up here.",
  starters: ["What is on offer today?", "What does delivery cost?", "Show my cart"],
  starterGroup: "Questions to start with",
  placeholder: "Write a message",
  inputLabel: "Your message",
  send: "Send",
  left: (count) => `${count} characters left`,
  tooLong: (count) => `${count} characters too many`,
  typing: "The assistant is writing",
  you: "You",
  assistant: "Assistant",
  sending: "Sending…",
  notSent: "Not sent.",
  tryAgain: "Try again",
  offline: "No connection at the moment. Trying again…",
  products: "Products",
  offer: "A suggestion",
  choices: "Answers to choose from",
  before: "before",
};

const packs: Record<string, Strings> = { en: english };

/** The strings of a locale such as "en-GB": its language where there is a pack, English otherwise. */
export function stringsFor(locale: string): Strings {
  return packs[locale.toLowerCase().split("-")[0] ?? ""] ?? english;
}
