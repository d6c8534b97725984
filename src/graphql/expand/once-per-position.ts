/**
 * Each position's cursor is made once: it holds the moment at which it was made, and an edge and its page's info name one place by one
 * text (Relay's cursor connections, "PageInfo").
 */
export function oncePerPosition(seal: (position: string) => string): (position: string) => string {
  const made = new Map<string, string>();
  return (position) => {
    const known = made.get(position) ?? seal(position);
    made.set(position, known);
    return known;
  };
}
