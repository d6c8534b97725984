import pino, { type DestinationStream, type Logger } from 'pino';

/** Paths whose values never reach a log, wherever an object that has them is logged. */
const REDACTED = ['password', 'token', 'authorization', 'secret', 'bindPassword'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** Lines are gathered up to this many bytes, or for this long, before they are written. */
const BUFFERED_BYTES = 8_192;
const FLUSH_EVERY_MS = 500;
/** Request lines handed over together: the destination's own work on each would cost more than the line. */
const LINES_AT_ONCE = 256;

export interface Log {
  /** For anything; what is named like a secret is redacted. */
  readonly logger: Logger;
  /** For the request log alone, whose fields are fixed and hold no secret: redaction and pino's own work on a line cost a tenth of a request. */
  readonly requests: { info(fields: object): void; error(fields: object): void };
  /** Writes what is buffered. */
  close(): void;
}

/** JSON lines on standard output, or on another stream of the process. */
export function openLog(level: string, fd: 1 | 2 = 1): Log {
  const destination = pino.destination({ fd, sync: false, minLength: BUFFERED_BYTES });
  const options = { level, base: null, timestamp: timeField };
  const logger = pino({ ...options, redact: { paths: REDACTED, censor: '***' } }, destination as DestinationStream);
  const infoStart = `{"level":${pino.levels.values['info']}`;
  let lines: string[] = [];
  const handOver = () => {
    if (lines.length > 0) destination.write(lines.join(''));
    lines = [];
  };
  const flushing = setInterval(() => {
    handOver();
    destination.flush();
  }, FLUSH_EVERY_MS).unref();
  return {
    logger,
    requests: {
      info(fields) {
        lines.push(`${infoStart}${timeField()},${JSON.stringify(fields).slice(1)}\n`);
        if (lines.length >= LINES_AT_ONCE) handOver();
      },
      error: (fields) => logger.error(fields),
    },
    close: () => {
      clearInterval(flushing);
      handOver();
      destination.flushSync();
    },
  };
}

let second = -1;
let prefix = '';

/** RFC 3339 to the millisecond; the part down to the second is made once a second, since a request line needs one each. */
function timeField(): string {
  const now = Date.now();
  const nowSecond = Math.floor(now / 1_000);
  if (nowSecond !== second) {
    second = nowSecond;
    prefix = `,"time":"${new Date(now).toISOString().slice(0, -4)}`;
  }
  return `${prefix}${String(now % 1_000).padStart(3, '0')}Z"`;
}
