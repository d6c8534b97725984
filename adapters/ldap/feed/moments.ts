/** Change sequence numbers of OpenLDAP: `20261127042357.364316Z#000000#000#000000`, whose third part is the server that gave it. */

/** What a cookie says of time: of each server the last change, in an order that does not depend on who was asked. */
export function momentOf(cookie: string): string {
  const csns = /(?:^|,)csn=([^,]*)/.exec(cookie)?.[1];
  return csns === undefined ? cookie : csns.split(';').sort().join(';');
}

/** The last of them; undefined where there is none. */
export function timeOf(csns: string): Date | undefined {
  const [, year, month, day, hour, minute, second, milliseconds] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{3})\d*Z/.exec(csns.split(';').at(-1) ?? '') ?? [];
  if (milliseconds === undefined) return undefined;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
}
