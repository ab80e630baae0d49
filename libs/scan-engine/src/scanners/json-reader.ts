import { JsonReader } from '@securescan/core';
import { ScannerOutputError } from './scanner-output.errors';

/** A reader of what a tool printed. It throws ScannerOutputError and nothing else. */
export function readToolJson(tool: string, text: string): JsonReader {
  return JsonReader.parse(text, (what) => new ScannerOutputError(tool, what));
}
