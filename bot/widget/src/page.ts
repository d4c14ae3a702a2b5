/** The demo shop's own pages: keep them in step with what the conversation does to the cart. */

import type { CartEvent } from "./model";

let before: CartEvent | null = null;

document.addEventListener("pairwell-cart", (event) => {
  const cart = (event as CustomEvent<CartEvent>).detail;
  for (const badge of document.querySelectorAll<HTMLElement>("[data-cart-count]")) {
    badge.textContent = String(cart.count);
    badge.hidden = cart.count === 0;
  }
  // The cart's page shows lines and sums too, which only the server knows. The chat stays open over a reload.
  const changed = before !== null && (before.count !== cart.count || before.total !== cart.total);
  before = cart;
  if (changed && document.querySelector("[data-cart-page]")) location.reload();
});
