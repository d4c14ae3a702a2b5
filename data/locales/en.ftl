### What pairwell says in English.
###
### A message may hold several wordings: its value and its attributes (.b, .c). The turn's number picks one.
### Rules, held by tests/unit/speech: no invented urgency or scarcity, no guilt, every value is used.

## First contact and manners

introduction = Hello! I’m the assistant of { $shop }: a bot, with people behind me whenever you want one.
hello-first = Hello, and welcome to { $shop }! I’m a bot: I can find things, answer questions about them and fill your cart. What are you looking for?
hello-again = Hello again! What can I find for you?
    .b = Hi! What would you like to look at?
goodbye = Goodbye, and take care!
goodbye-cart = Goodbye! Your cart keeps what is in it until you come back.
welcome = You’re welcome!
    .b = Happy to help.
    .c = My pleasure.
smalltalk = That’s kind of you to chat. I know most about what { $shop } sells, so ask me anything about it.
    .b = I’m better with products than with small talk, I admit. Is there something I can find for you?
i-am-a-bot = Yes, I’m a bot: the shop assistant of { $shop }. If you’d rather talk to a person, just say so.
what-i-can-do = I can find products (“a waterproof jacket under 80 in medium”), answer questions about them, compare two or three, fill your cart, and tell you about delivery, returns and your orders. Whenever you like, I’ll pass you to a person.
only-english = I’m sorry, I only speak English so far. A person may be able to help you in your language.
hurried = Understood, I’ll keep it short. What do you need?
complaint = I’m sorry that this went wrong. A person should look at it with you.
handover = I’m passing you on to a person; they will see what we wrote.
said-three-times = I’ve had the same message several times now. If my answer doesn’t help, a person can.
turn-failed = Sorry, something went wrong on our side and I couldn’t finish that. Please look at your cart before you try again.
gateway-sorry = Sorry, I can’t answer just now: something isn’t working on our side. Your cart is safe; please try again in a moment.

## Not understood

unclear = I’m not sure what you mean. Are you looking for a product, asking about your cart or an order, or would you like a person?
    .b = Sorry, I didn’t follow that. Could you put it another way, or pick one of these?
unclear-no-words = I can’t read that one, sorry. What can I help you with?
unclear-again = I’m sorry, I still don’t understand. It may be easier with a person.
dont-know = I don’t know that, and I’d rather not guess.
contact = You can reach our people { $ways }.
contact-email = by e-mail at { $value }
contact-phone = by phone on { $value }
contact-or = { $one } or { $other }
contact-hours = They are there { $value }.
contact-none = Just say “a person, please” and I’ll pass you on.

## Finding

find-found = { $count ->
        [one] { $understood ->
            [nothing] This is what I found:
           *[other] This is what I found ({ $understood }):
        }
       *[other] { $understood ->
            [nothing] Here’s what fits best:
           *[other] Here’s what I found ({ $understood }):
        }
    }
find-nearest = { $differing } { $count ->
        [one] This comes closest:
       *[other] These come closest:
    }
find-read-as = I read “{ $said }” as “{ $meant }”.
find-other-currency = Prices here are in { $currency }, so I left “{ $said }” out.
find-nothing = I couldn’t find that in the shop. Could you describe it in other words?
find-no-more = That’s all I have for this search. Shall we look for something else?
find-none-cheaper = There is nothing cheaper than { $price } for that.
find-none-better = There is nothing above { $price } for that.
filter-is-size = size { $size }
filter-is-not = not { $value }
filter-is-up-to = up to { $price }
filter-is-from = from { $price }
filter-is-between = { $low } to { $high }
filter-is-in-stock = in stock
filter-is-sorted = { $order ->
        [price_asc] cheapest first
       *[price_desc] dearest first
    }
list-and = { $values } and { $last }
differs-kind = I have no { $asked }; the nearest is: { $has }.
differs-color = { $kind ->
        [nothing] Nothing in { $asked }
       *[other] No { $kind } in { $asked }
    }, but { $count ->
        [one] this one is
       *[other] these are
    } { $has }.
differs-size = Nothing in size { $asked }, but there is { $has }.
differs-brand = Nothing from { $asked }, but from { $has }.
differs-material = Nothing in { $asked }, but { $count ->
        [one] this one is
       *[other] these are
    } { $has }.
differs-measure = Nothing says “{ $asked }”; the nearest says { $has }.
differs-price-above = Nothing under { $asked }; the nearest is { $has }, { $gap } more.
differs-price-below = Nothing from { $asked } on; the nearest is { $has }, { $gap } less.
differs-stock = { $count ->
        [one] It isn’t in stock at the moment.
       *[other] They aren’t in stock at the moment.
    }
differs-unsaid = Nothing that the catalogue calls { $asked }; of these it doesn’t say.
that-product = that
your-cart = what’s in your cart

## One product

product-shown = { $product }: { $price }.
ask-which-product = Which product do you mean?
ask-which-of-these = Which of these do you mean?
fact-price = The { $product } costs { $price }.
fact-price-reduced = The { $product } costs { $price } at the moment, down from { $before }.
fact-stock-in-stock = The { $product } is in stock.
fact-stock-out-of-stock = The { $product } is sold out at the moment.
fact-stock-preorder = The { $product } isn’t out yet, so I can’t put it in a cart.
fact-stock-backorder = The { $product } is being restocked; I can’t put it in a cart just now.
fact-sizes = In stock in these sizes: { $values }.
fact-colors = In stock in these colours: { $values }.
fact-values-gone = Sold out: { $values }.
fact-column = { $product }, { $name }: { $value }.
fact-described = The shop says of the { $product }: “{ $text }”
fact-unknown = The catalogue doesn’t say that about the { $product }, and I’d rather not guess.
fit-these = Declared to fit the { $product }:
fit-which = Which two products shall I check against each other?
fit-unknown = I can’t say whether the { $one } fits the { $other }: nothing is declared about that.
fit-yes = Yes, the { $one } fits the { $other }.
fit-no = No, the { $one } doesn’t fit the { $other }.
fit-note = ({ $note })

## Comparing and recommending

compare-which = Which products shall I compare? Name two or three of them.
compare-heading = Here’s where they differ:
compare-names = { $values }
compare-prices = price: { $values }
compare-line = { $name }: { $values }
compare-gap = The difference in price is { $gap }.
compare-same-price = They cost the same.
amount = { $price }
help-choosing = Take your time. I can put them side by side, or show you a good, a better and the best one.
recommend-which-kind = What kind of product is it for? Then I can show you a good, a better and the best one.
recommend-heading = It depends on how much you’ll ask of it:
recommend-gap = From first to last the difference is { $gap }.
tier-good = Good: { $product }, { $price }
tier-better = Better: { $product }, { $price }
tier-best = Best: { $product }, { $price }

## Cart

cart-added = { $quantity ->
        [one] Added: { $product }. Your cart comes to { $total }.
       *[other] Added: { $quantity } × { $product }. Your cart comes to { $total }.
    }
    .b = { $quantity ->
        [one] The { $product } is in your cart, { $total } in all.
       *[other] { $quantity } × { $product } are in your cart, { $total } in all.
    }
add-which = What shall I put in your cart?
add-did-you-mean = { $count ->
        [one] Did you mean the { $product }?
       *[other] Which one do you mean?
    }
add-which-variant = { $what ->
        [size] Which size of the { $product } would you like?
        [color] Which colour of the { $product } would you like?
       *[both] Which { $product } would you like?
    }
add-again = The { $product } is in your cart already. Shall I add another?
which-none = All right, none of these. Tell me a little more about what you’re after?
sold-out = The { $product } is sold out, I’m afraid, and I have nothing like it.
sold-out-instead = The { $product } is sold out, I’m afraid. These would do the same job:
sold-out-variant = The { $product } is sold out, I’m afraid. These are in stock:
cart-heading = Your cart:
cart-line = { $quantity } × { $product }: { $total }
cart-line-reduced = { $quantity } × { $product }: { $total } ({ $discount } off in the bundle)
cart-line-off = { $quantity } × { $product }: { $total } ({ $discount } off)
cart-saving-set = { $title }: { $saving } off.
cart-saving-coupon = Thank-you coupon: { $saving } off, until { $day }.
cart-total = Total: { $total }
plan-month = { $title } for the { $product }: { $price } a month, from delivery; you can stop at the end of any month.
plan-year = { $title } for the { $product }: { $price } a year, from delivery; you can stop at the end of any year.
plan-untitled = Repeated delivery
plan-days = { $title } for the { $product }: { $price } each time, every { $days } days from delivery on; you can stop after any delivery.
cart-tax-included = That includes { $tax } { $name }.
cart-tax-on-top = { $rate ->
        [several] Plus { $name } { $tax }, to pay { $total }.
       *[other] Plus { $rate } % { $name } { $tax }, to pay { $total }.
    }
cart-empty = Your cart is empty.
cart-changed = Done: { $quantity } × { $product }. Your cart comes to { $total }.
cart-removed = I’ve taken the { $product } out. Your cart comes to { $total }.
cart-removed-last = I’ve taken the { $product } out. Your cart is empty now.
cart-how-many = How many of the { $product } would you like?
cart-which-line = Which one do you mean?
cart-empty-confirm = { $count ->
        [one] Shall I take the one thing out of your cart?
       *[other] Shall I take all { $count } things out of your cart?
    }
cart-emptied = Done, your cart is empty.
cart-note-bundle-ended = A bundle price in your cart has ended.
cart-note-set-ended = The price of a set in your cart has ended.
cart-note-coupon-ended = The thank-you coupon no longer applies to your cart.
cart-note-saving-changed = What you save in your cart has changed.
cart-note-price-changed = The price of the { $product } has changed.
cart-note-sold-out = The { $product } has sold out.
cart-refused-unknown-product = I can’t find { $product } in the shop any more.
cart-refused-out-of-stock = The { $product } is sold out.
cart-refused-not-in-cart = The { $product } isn’t in your cart.
cart-refused-bad-quantity = That many isn’t possible: a cart takes 1 to 99 of the { $product }.
cart-refused-cart-full = Your cart is full: it takes 50 different products.
cart-refused-empty-cart = Your cart is empty.
cart-refused-unknown-checkout = That order page is no longer valid.
cart-refused-cart-changed = Your cart has changed since; please look at it once more.
checkout-empty = Your cart is empty, so there is nothing to check out yet.
checkout-ready = The order page is ready. Nothing is ordered until you confirm it there.
question-dropped = All right, I’ll leave it as it is.
nothing-open = There’s nothing waiting for a yes or no. What would you like to do?
fine-as-it-is = All right. Tell me if there’s anything else.

## Offers

offer-question = Shall I add it?
    .b = Would you like it too?
offer-question-several = Shall I add them?
    .b = Would you like them too?
offer-question-instead = Would you rather have that one?
offer-question-which = Which one would you like?
offer-question-plan = Would you like it, and if so, paid by the month or by the year?
offer-question-delivery = Shall I set that up?
offer-question-coupon = Would you like it?
offer-question-again = Shall I put it in your cart?
offer-meant = Do you mean { $offer }?
offer-take-your-time = Take your time: nothing is added unless you say yes.
offer-which-one = I haven’t added anything yet: which one do you mean?
offer-upgrade = The { $product } would do the same job as the { $anchor }.
offer-price = It costs { $price }.
offer-free-shipping-price = It costs { $price }, and the { $delivery } for delivery is saved.
offer-coupon-price = It costs you nothing.
offer-part = { $quantity ->
        [one] { $product } { $price }
       *[other] { $quantity } × { $product } { $price }
    }
offer-working = { $working } = { $parts }; together { $together }, so you save { $saving }. It adds { $price } to your cart.
offer-working-taken = { $working } = { $parts }; together { $together }, so you save { $saving }.
offer-working-cheaper = { $working } = { $parts }; together { $together }, so you save { $saving }. Your cart gets { $price } cheaper.
offer-working-even = { $working } = { $parts }; together { $together }, so you save { $saving }. Your cart costs the same as before.
offer-segment = { $segment ->
        [new] This is the price that the shop declares for new customers.
        [loyal] This is the price that the shop declares for returning customers.
        [high_spender] This is the price that the shop declares for customers with large orders.
        [value_seeker] This is the price that the shop declares for those who look for a lower one.
        [gift_buyer] This is the price that the shop declares for those who buy a present.
       *[other] This is a price that the shop declares for a group of its customers, and you are in it.
    }
phrase-one-of = one of these ({ $products })
phrase-plan = the plan for the { $product }
phrase-delivery = the repeated delivery of the { $product } for { $price } each time
phrase-coupon = the coupon of { $percent } %
phrase-product = the { $product }
phrase-priced = the { $product } for { $price }

## What may be said for an offer

evidence-orders = The { $product } goes with the { $anchor }: it was in { $together } of the { $orders } orders that had one.
evidence-fits = The { $product } is made to fit the { $anchor }.
evidence-goes-with = The { $product } goes with the { $anchor }.
claim-recycled = The { $product } is made of recycled { $material }.
claim-recycled-it = It’s made of recycled { $material }.
claim-rating-it = It’s rated { $rating } of 5, from { $count } ratings.
claim-rating = The { $product } is rated { $rating } of 5, from { $count } ratings.
claim-better = What is better: { $qualities }.
claim-worse = What is less good: { $qualities }.
claim-lasts-times = { $times ->
        [2] twice
        [3] three times
       *[other] { $times } times
    }
claim-lasts = { $what ->
        [warranty] Its warranty is { $times } as long: { $after } against { $before } years.
        [days] It lasts { $times } as long: { $after } against { $before } days.
       *[uses] It lasts { $times } as long: { $after } against { $before } uses.
    }
claim-dearer = It costs { $price }, { $gap } more than the { $anchor }.
claim-set = With the { $product } you have all of “{ $title }”, { $theme ->
        [nothing] a set that the shop puts together.
       *[other] the shop’s set for the theme “{ $theme }”.
    }
claim-whole-set = The { $anchor } and the { $product } were bought together, all of them, in { $orders } orders.
claim-closes-gap = With the { $product } you would have free delivery: { $gap } is missing for it.
claim-covers = There is a plan for your { $product }. { $plan }.
claim-plan-costs = It costs { $monthly } a month or { $yearly } a year; nothing of it is due today.
claim-delivery-costs = That is { $price } each time, which comes to { $monthly } a month or { $yearly } a year; nothing of it is due today.
claim-comes-every = The { $product } can come again by itself, every { $days } days.
claim-comes-cheaper = The { $product } can come again by itself, every { $days } days, { $saving } cheaper each time than today’s price.
claim-thanks = As a thank-you for your order there is a coupon for the next one: { $percent } % off what is at its full price, for { $days } days.
claim-bought-last = { $days ->
        [0] You bought the { $product } today.
        [one] You bought the { $product } yesterday.
       *[other] You last bought the { $product } { $days } days ago.
    }
quality = { $name } { $after } rather than { $before }
quality-bare = { $after } rather than { $before }

## Answers to an offer

offer-accepted = Added: { $product }. Your cart comes to { $total }.
offer-accepted-bundle = Added: { $product }, at the bundle price ({ $saving } saved). Your cart comes to { $total }.
offer-accepted-upgrade = Added: { $product }, rather than the { $anchor }. Your cart comes to { $total }.
offer-accepted-plan = { $every ->
        [year] Done: the plan for your { $product }, { $price } a year. Nothing of it is due today; say “drop the plan” if you change your mind.
       *[month] Done: the plan for your { $product }, { $price } a month. Nothing of it is due today; say “drop the plan” if you change your mind.
    }
offer-accepted-delivery = Done: the { $product } comes again every { $days } days, for { $price } each time. Nothing of it is due today; say “drop the delivery” if you change your mind.
offer-accepted-coupon = The coupon is yours: { $percent } % off what is at its full price. It counts by itself in your cart, until { $date }.
plan-dropped = { $sort ->
        [delivery] Done: the { $product } won’t be sent again by itself.
       *[care] Done: there is no plan for the { $product } any more.
    } Your cart comes to { $total }.
plan-none = There is no plan in your cart.
plan-which = Which plan do you mean?
offer-accepted-before = You have taken that already, once.
offer-already-accepted = The { $product } is in your cart already, once.
offer-expired = That price has run out. The { $product } is still there at today’s price, if you like.
offer-stale = Your cart has changed since, so that price no longer holds. The { $product } is there at today’s price, if you like.
offer-declined-before = You said no to that one earlier. If you’ve changed your mind, I can add the { $product } at today’s price.
offer-run-out = That has run out by now. If you’d still like it, ask me again.
offer-changed = Your cart has changed since, so that no longer holds.
offer-refused-before = You said no to that earlier, and I leave it at that.
offer-declined = No problem.
    .b = That’s fine.
    .c = All right, leaving it out.
offer-declined-session = That’s fine. I won’t suggest anything more for now.
offer-later = All right, another time.
offers-stopped = Understood: no more suggestions. If you ever want them back, just tell me.
offers-resumed = All right, I may suggest something again when it really fits.
goes-with-what = What should it go with?
goes-with-these = These go with the { $product }:
goes-with-nothing = I have nothing for the { $product } that I could vouch for.
why-nothing = I haven’t suggested anything so far.
why-note = What the shop says of it: { $note }.
why-counts = That is counted from the shop’s past orders: { $orders } with the { $anchor }, { $together } of them with both.
why-counted = That is counted from the shop’s past orders, all colours and sizes together.
why-attributes = I have no orders to go by here; I went by what kind of products they are.
why-upgrade = You were looking at the { $anchor }; by what the catalogue says, the { $product } does the same job better.
why-tiers = You asked which one to get, so I put these of one kind side by side, by their prices.
why-set = The shop put “{ $title }” together itself, and a part of it is in your cart.
why-add-on = It costs little beside what is in your cart.
why-free-shipping = It is near the gap to free delivery, and it goes with what is in your cart.
why-service-plan = The shop has a plan for the { $product }, and there is none for it in your cart.
why-subscription = The { $product } is something that gets used up, and the shop sends it again at that price.
why-coupon = { $least ->
        [nothing] The shop thanks for every order in this way, once.
       *[other] The shop thanks for every order of { $least } or more in this way, once.
    }
why-reorder = It is something that gets used up, so you may need it again.
why-you-decide = It’s up to you, and a no is fine.
bundle-none = There is no bundle here at the moment.
bundle-part = – { $product }
bundle-part-in-cart = – { $product } (in your cart already)
bundle-set = The shop puts these together as “{ $title }”: { $products }. In all that is { $parts }.
bundle-set-price = The shop puts these together as “{ $title }”: { $products }. One by one that is { $parts }; with all of them in your cart you pay { $price }, { $saving } less.
discount-bundles = Where something really goes with your cart, I can offer the two together at a bundle price.
discount-sets = The shop’s own sets cost less together, for example { $titles }.
discount-coupon = You have a coupon in your cart: it takes { $saving } off.
discount-thanks = { $least ->
        [nothing] After an order, the shop has a thank-you coupon of { $percent } %.
       *[other] After an order of { $least } or more, the shop has a thank-you coupon of { $percent } %.
    }
discount-open-offer = With the { $product } you would save { $saving }.
discount-sale = { $count ->
        [one] One product is on sale at the moment:
       *[other] { $count } products are on sale at the moment, for example these.
    }
discount-same-for-all = Prices are the same for everyone, so I can’t go lower than that.
discount-none = I have no discount to give: prices are the same for everyone.

## Delivery, opening hours, shop questions

shipping-free-now = Delivery is free.
shipping-gap = Another { $gap } and delivery is free.
shipping-free-from = Delivery is free from { $price }.
shipping-cost = Delivery costs { $price }.
shipping-days = It takes { $days }.
hours = We’re there { $value }.
faq-answer = From our page on { $topic }: { $answer }

## Orders

order-none = I can’t find an order of yours like that.
order-status-placed = Order { $order } of { $date } ({ $lines }, { $total }) has been placed and is being packed.
order-status-shipped = Order { $order } of { $date } ({ $lines }, { $total }) is on its way.
order-status-delivered = Order { $order } of { $date } ({ $lines }, { $total }) has been delivered.
order-status-cancelled = Order { $order } of { $date } ({ $lines }, { $total }) was cancelled.
order-status-return-requested = For order { $order } of { $date } ({ $lines }, { $total }) a return has been noted.
order-return-how = I can’t find an order of yours to return.
order-return-noted = The return of order { $order } is noted. You’ll hear from us about sending it back.
order-return-refused = I can’t note a return for order { $order }; a person can look at it.
order-cancelled = Order { $order } is cancelled.
order-cancel-too-late = Order { $order } can’t be cancelled any more. You can send it back once it has arrived.
order-confirm-cancel-order = Shall I cancel order { $order }?
order-confirm-return-order = Shall I note that you want to return order { $order }?
order-confirm-reorder = Shall I put everything from order { $order } in your cart again?
order-reordered = { $gone ->
        [0] { $count } products are back in your cart, { $total } in all.
       *[other] { $count } products are back in your cart, { $total } in all; { $gone } can’t be had any more.
    }

## Privacy

privacy-what = I keep our conversation ({ $messages } messages), your cart, your orders ({ $orders }) and what I suggested ({ $offers } suggestions). No one else gets it, and you can have it erased.
privacy-confirm = Shall I forget everything I keep about you: conversation, cart and preferences? It can’t be undone.
privacy-forgotten = Done. I’ve forgotten you.

## Buttons

choice-yes = Yes
choice-no = No
choice-add = Add { $product }
choice-show = Show { $product }
choice-compare = Compare these
choice-recommend = Good, better, best
choice-goes-with = What goes with it?
choice-human = Talk to a person
choice-help = What can you do?
choice-show-cart = Show cart
choice-checkout = Check out
choice-to-order-page = To the order page
choice-none-of-these = None of these
choice-offer-yes = Yes, add it
choice-offer-yes-all = Yes, add them
choice-offer-that = Yes, that one
choice-offer-plain = Yes please
choice-plan-month = Monthly, { $price }
choice-plan-year = Yearly, { $price }
choice-offer-no = No thanks
choice-offer-why = Why this?
choice-stop-offers = Stop suggestions
choice-forget = Forget me
