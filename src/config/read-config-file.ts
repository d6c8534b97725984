import { readFile } from 'node:fs/promises';
import { isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { DirectoryError, type Fault } from '#model/errors.ts';

/**
 * The mapping that a YAML 1.2 (or JSON) file holds; an empty file holds an empty one.
 * @throws {DirectoryError} INVALID_VALUE with every fault of its syntax
 */
export async function readConfigFile(file: string): Promise<Record<string, unknown>> {
  const lines = new LineCounter();
  const document = parseDocument(await readText(file), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  const faults: Fault[] = document.errors.map(({ message, pos }) => ({
    path: at(pos[0]),
    expected: 'YAML',
    got: message,
  }));
  visit(document, (_key, node) => {
    if (isPair(node) && isScalar(node.key) && node.key.value === '__proto__') {
      faults.push({ path: at(node.key.range?.[0] ?? 0), expected: 'a key other than "__proto__"' });
    }
  });
  if (faults.length > 0) throw invalid(file, faults);
  const value: unknown = document.toJS() ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw invalid(file, [{ path: 'line 1, column 1', expected: 'a mapping of keys such as server, tenants and auth' }]);
  }
  return value as Record<string, unknown>;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const got = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    throw invalid(file, [{ path: '--config', expected: `a readable file at ${file}`, got }]);
  }
}

function invalid(file: string, faults: readonly Fault[]): DirectoryError {
  return new DirectoryError('INVALID_VALUE', `${file} cannot be read as a configuration`, { faults });
}
