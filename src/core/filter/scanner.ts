import { DirectoryError, type ErrorCode } from '#model/errors.ts';

/** What ends a word: white space, brackets and quotes; whether a word is what it should be is its reader's affair. */
const WORD = /[^\s()[\]"]+/y;
const SPACE = /[ \t]*/y;

/** A name and the first character that no name has, so that `password=...` shows nothing of the password. */
const FOUND = /^[\w$.:/#%~+-]*.?/u;

/** Longer text from a client is not repeated to it. */
const SHOWN = 40;

/** Reads a filter or a PATCH path from left to right, each character once, so that any text costs linear time. */
export class Scanner {
  readonly text: string;
  position = 0;
  readonly #subject: string;
  readonly #code: ErrorCode;

  constructor(text: string, subject: 'filter' | 'path', code: ErrorCode) {
    this.text = text;
    this.#subject = subject;
    this.#code = code;
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The character ahead; empty at the end. */
  get next(): string {
    return this.text.charAt(this.position);
  }

  skipSpace(): void {
    SPACE.lastIndex = this.position;
    SPACE.test(this.text);
    this.position = SPACE.lastIndex;
  }

  take(char: string): boolean {
    if (this.next !== char) return false;
    this.position += 1;
    return true;
  }

  /** Empty where a bracket, a quote or the end is ahead. */
  word(): string {
    WORD.lastIndex = this.position;
    const word = WORD.exec(this.text)?.[0] ?? '';
    this.position += word.length;
    return word;
  }

  /** The word ahead, in lower case, without passing it. */
  keyword(): string {
    const start = this.position;
    const word = this.word();
    this.position = start;
    return word.length > SHOWN ? '' : word.toLowerCase();
  }

  /** The offset after a JSON string that starts at `start`, or -1 where it does not end. */
  endOfString(start: number): number {
    for (let at = start + 1; at < this.text.length; at++) {
      const char = this.text.charAt(at);
      if (char === '\\') at += 1;
      else if (char === '"') return at + 1;
    }
    return -1;
  }

  /** Says where, what was expected and what stands there; never a value, which may be secret. */
  expected(what: string, at = this.position): DirectoryError {
    this.position = at;
    return this.refusal(`expected ${what} at ${at}, found ${this.#found()}`);
  }

  refusal(detail: string, code: ErrorCode = this.#code): DirectoryError {
    return new DirectoryError(code, `${this.#subject}: ${detail}`);
  }

  #found(): string {
    if (this.atEnd) return 'the end';
    if (this.next === '"') return 'a text in quotes';
    const word = FOUND.exec(this.word())?.[0] || this.next;
    return JSON.stringify(word.length > SHOWN ? `${word.slice(0, SHOWN)}...` : word);
  }
}
