import type { Ref, ResourceId } from '#model/resource.ts';
import { decodeText, encodeText, SEPARATOR } from '../text.ts';

/** One end of an edge as sets hold it: by type, then by id. */
export function refToEdge({ type, id }: Ref): string {
  return encodeText(type) + SEPARATOR + encodeText(id);
}

export function edgeToRef(edge: string): Ref {
  const at = edge.lastIndexOf(SEPARATOR);
  return { id: decodeText(edge.slice(at + 1)) as ResourceId, type: decodeText(edge.slice(0, at)) };
}
