/** The demo shop's own pages: keep the cart's badge in step with what the conversation does. */

import type { CartEvent } from "./model";

document.addEventListener("pairwell-cart", (event) => {
  const { count } = (event as CustomEvent<CartEvent>).detail;
  for (const badge of document.querySelectorAll<HTMLElement>("[data-cart-count]")) {
    badge.textContent = String(count);
    badge.hidden = count === 0;
  }
});
