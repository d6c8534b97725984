import { spawn } from 'node:child_process';

/** Standard output of a command that ends well. @throws {Error} with all that it wrote, where it does not */
export function run(command: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args);
    let output = '';
    let all = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      all += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      all += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ended with ${code}: ${all}`));
    });
    // One that ends before it reads says why on its own.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
