/** Changes of tables in the called or running round: what the command holds, and who moves. Pure. */

/** @typedef {{tables: [number, string[]][], moves: {id: string, name: string, from: number, to: number}[]}} Change
 *    table 0 is sitting out */

/** Everybody the room knows, with their table; 0 for who has none. */
export function people(room) {
  const seated = room.tables.flatMap((table) => table.people.map((person) => ({ ...person, table: table.number })));
  const unseated = [...(room.sitting_out ?? []), ...(room.waiting ?? [])].map((person) => ({ ...person, table: 0 }));
  return [...seated, ...unseated];
}

/** Two people take each other's place. @returns {Change} */
export function swap(room, one, other) {
  const trade = (id) => (id === one ? other : id === other ? one : id);
  return changed(room, (seats) => seats.map(trade));
}

/** Somebody joins another table, at its last seat; table 0 sits out. @returns {Change} */
export function move(room, person, table) {
  return changed(room, (seats, number) => {
    const others = seats.filter((id) => id !== person);
    return number === table ? [...others, person] : others;
  }, table);
}

/** The tables as an answer to trouble proposes them. @returns {Change} */
export function proposed(room, tables) {
  const wanted = new Map(tables);
  return changed(room, (seats, number) => wanted.get(number) ?? seats);
}

function changed(room, reseat, alsoTable = 0) {
  const before = new Map(room.tables.map((table) => [table.number, table.people.map((person) => person.id)]));
  if (alsoTable && !before.has(alsoTable)) before.set(alsoTable, []);
  const after = [...before].map(([number, seats]) => [number, reseat(seats, number)]);
  const tables = after.filter(([number, seats]) => seats.join() !== before.get(number).join());
  const tableNow = new Map(after.flatMap(([number, seats]) => seats.map((id) => [id, number])));
  const moves = people(room)
    .map(({ id, name, table }) => ({ id, name, from: table, to: tableNow.get(id) ?? 0 }))
    .filter(({ from, to }) => from !== to);
  return { tables, moves };
}

/** Tables with a place for one more, those where people sit first. */
export function openTables(room, count) {
  const taken = new Map(room.tables.map((table) => [table.number, table.people.length]));
  const open = Array.from({ length: count }, (_, i) => i + 1).filter((number) => (taken.get(number) ?? 0) < (room.seats ?? 2));
  return open.toSorted((one, other) => Boolean(taken.get(other)) - Boolean(taken.get(one)));
}

/** Tiles in the order they are shown: trouble first where space is short; only trouble if wanted. */
export function tilesShown(room, { isTroubleOnly = false, isTroubleFirst = false } = {}) {
  const rank = ({ trouble }) => ["missing", "alone", "help", "short"].indexOf(trouble ?? "") + 1 || 9;
  const tiles = isTroubleOnly ? room.tables.filter((tile) => tile.trouble) : room.tables;
  return isTroubleFirst ? tiles.toSorted((one, other) => rank(one) - rank(other)) : tiles;
}
