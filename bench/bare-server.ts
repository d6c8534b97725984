/**
 * The yardstick: node:http answering every request with the same prepared bytes, nothing parsed, nothing looked up.
 * Arguments: port, content type, file with the body.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, contentType, file] = process.argv.slice(2);
if (port === undefined || contentType === undefined || file === undefined) {
  throw new Error('usage: bare-server.ts PORT CONTENT-TYPE FILE');
}
const body = readFileSync(file);
const headers = { 'Content-Type': contentType, 'Content-Length': body.length };

createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(Number(port), '127.0.0.1');
