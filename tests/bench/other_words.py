"""Other words for what toy, music and gift shops write in titles: for test queries only, unknown to the search."""

from __future__ import annotations

_SAME = """
    kid, child, youngster
    kids, children, little ones
    toddler, small child, preschooler
    baby, infant, newborn
    boys, sons, lads
    girls, daughters
    adults, grown-ups, grown ups
    set, kit, collection
    kit, set, pack
    pack, set, bundle
    pcs, pieces, pc
    pieces, pcs, parts
    piece, pc
    bag, sack, pouch
    case, box, cover
    gift, present
    gifts, presents
    party, celebration
    birthday, anniversary, bday
    decorations, ornaments, decor
    decoration, decor, ornament
    toy, plaything
    toys, playthings
    doll, figurine
    plush, stuffed, soft
    stuffed, plush, cuddly
    figure, figurine, statue
    figures, figurines
    puzzle, jigsaw, brain teaser
    puzzles, jigsaws
    jigsaw, puzzle
    game, pastime
    games, pastimes
    car, automobile, vehicle
    cars, automobiles, vehicles
    truck, lorry
    trucks, lorries
    plane, aircraft
    airplane, plane, aircraft
    train, locomotive, railway
    bike, bicycle
    educational, learning, teaching
    learning, educational
    building, construction
    blocks, bricks
    wooden, timber, wood
    wood, wooden
    metal, metallic, steel
    colorful, multicolored, bright
    mini, small, tiny
    small, little, compact
    large, big, huge
    giant, huge, enormous
    portable, mobile, travel
    foldable, folding, collapsible
    rechargeable, battery powered
    wireless, cordless
    remote, rc
    outdoor, outside, garden
    indoor, inside
    waterproof, water resistant
    costume, outfit, fancy dress
    clothes, clothing, apparel
    shirt, tee, top
    hat, cap
    cards, deck
    card, playing card
    collectible, collector
    vintage, retro, old
    retro, vintage
    new, brand-new
    professional, pro
    beginner, starter, novice
    beginners, starters, novices
    guitar, six-string
    acoustic, unplugged
    electric, electrical
    strap, belt, sling
    strings, cords
    string, cord
    cable, cord, lead
    cord, cable
    adapter, converter
    connector, plug
    microphone, mic
    mic, microphone
    mics, microphones
    speaker, loudspeaker
    speakers, loudspeakers
    headphones, headset, earphones
    amplifier, amp
    amp, amplifier
    drum, percussion
    drums, percussion
    drumsticks, drum sticks
    sticks, mallets
    keyboard, piano
    piano, keyboard
    violin, fiddle
    sax, saxophone
    saxophone, sax
    stand, holder, rack
    holder, stand, mount
    mount, bracket, holder
    cover, sleeve, protector
    replacement, spare
    parts, spares, components
    screws, bolts
    bracket, mount
    stool, seat
    bench, seat
    pedal, stompbox
    tuner, tuning device
    songbook, sheet music
    music, musical
    sound, audio
    audio, sound
    light, lamp
    lights, lamps, lighting
    led, light
    balloons, balloon garland
    balloon, inflatable
    stickers, decals
    sticker, decal
    poster, print
    paint, colour
    painting, art
    drawing, sketching
    crafts, handicraft
    craft, handicraft
    diy, do it yourself
    handmade, hand made
    christmas, xmas
    xmas, christmas
    halloween, spooky
    easter, spring
    pool, swimming pool
    water, aqua
    ball, sphere
    balls, spheres
    tent, play house
    house, home
    kitchen, cooking
    food, snack
    dog, puppy
    cat, kitten
    horse, pony
    dinosaur, dino
    dinosaurs, dinos
    bear, teddy
    animal, creature
    animals, creatures
    cute, adorable
    funny, hilarious
    soft, cuddly
    durable, sturdy
    adjustable, customizable
    assorted, mixed, various
    compatible, fits
    pair, two
    travel, trip
    storage, organizer
    box, case, carton
    book, novel
    story, tale
    love, romance
    stainless, rustproof
    black, dark
    grey, gray
    gray, grey
    color, colour
    multicolor, multicoloured
    inch, in
    ft, foot, feet
    feet, foot, ft
"""
# Word -> what else it may be called.
OTHER_WORDS: dict[str, tuple[str, ...]] = {
    line.split(", ")[0].strip(): tuple(other.strip() for other in line.split(", ")[1:])
    for line in _SAME.strip().splitlines()
}
