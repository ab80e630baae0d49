import { createInterface } from 'node:readline/promises';
import type { Interface } from 'node:readline/promises';
import { SCAN_TYPES, SEVERITIES } from '@securescan/contracts';
import type { ScanType } from '@securescan/contracts';
import { escapeControls } from '@securescan/core';
import { readScanTypes, readThreshold } from '../options/init-settings';
import type { InitSettings, Reading } from '../options/init-settings';
import type { Detection } from './detect-project';
import { DEFAULT_THRESHOLD } from './plan-files';
import type { InitChoices } from './plan-files';

interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

const MAX_NAME_CHARACTERS = 200;

/** Asks for what no flag said, until each answer means something. `null` when the person leaves or the input ends. */
export async function askQuestions(
  settings: InitSettings,
  detection: Detection,
  { input, output }: Streams,
): Promise<InitChoices | null> {
  const lines = createInterface({ input, output, terminal: true });
  const dialogue = new Dialogue(lines, output);
  try {
    const { hasBaseline, hasWorkflow } = settings;
    return {
      project: await dialogue.ask('Name of the project (empty: that of its git origin)', readName),
      scanTypes: settings.scanTypes ?? (await askTypes(dialogue, detection)),
      threshold:
        settings.threshold ??
        (await dialogue.ask(
          `Fail from which severity on: ${SEVERITIES.join(', ')} (empty: ${DEFAULT_THRESHOLD})`,
          (answer) => readThreshold(answer === '' ? DEFAULT_THRESHOLD : answer),
        )),
      hasWorkflow:
        hasWorkflow && (await dialogue.ask('Write a workflow for GitHub (Y/n)', readYes)),
      hasBaseline,
    };
  } catch (error) {
    // Expected: Ctrl-C, Ctrl-D, or the end of the input.
    if (dialogue.isLeft) return null;
    throw error;
  } finally {
    lines.close();
  }
}

async function askTypes(
  dialogue: Dialogue,
  { kinds, scanTypes }: Detection,
): Promise<readonly ScanType[]> {
  dialogue.say(
    `Found: ${kinds.length === 0 ? 'no file that tells what this is' : kinds.join(', ')}.`,
  );
  const isRight = await dialogue.ask(`Scan for ${scanTypes.join(', ')} (Y/n)`, readYes);
  return isRight
    ? scanTypes
    : dialogue.ask(`Types, with commas between: ${SCAN_TYPES.join(', ')}`, readScanTypes);
}

function readName(answer: string): Reading<string | null> {
  if (answer === '') return { value: null };
  return answer.length <= MAX_NAME_CHARACTERS && escapeControls(answer) === answer
    ? { value: answer }
    : { problem: `a name has at most ${MAX_NAME_CHARACTERS} characters, all of them visible.` };
}

function readYes(answer: string): Reading<boolean> {
  const word = answer.toLowerCase();
  if (word === '' || word === 'y' || word === 'yes') return { value: true };
  return word === 'n' || word === 'no' ? { value: false } : { problem: 'answer y or n.' };
}

class Dialogue {
  private readonly leaving = new AbortController();

  constructor(
    private readonly lines: Interface,
    private readonly output: NodeJS.WritableStream,
  ) {
    const leave = (): void => {
      this.leaving.abort();
    };
    lines.once('SIGINT', leave).once('close', leave);
  }

  get isLeft(): boolean {
    return this.leaving.signal.aborted;
  }

  say(text: string): void {
    this.output.write(`${escapeControls(text)}\n`);
  }

  /** Asks again until the answer means something. Rejects once the person has left. */
  async ask<T>(question: string, read: (answer: string) => Reading<T>): Promise<T> {
    const { signal } = this.leaving;
    for (;;) {
      signal.throwIfAborted();
      const answer = await this.lines.question(`${question}: `, { signal });
      const reading = read(answer.trim());
      if ('value' in reading) return reading.value;
      this.say(reading.problem);
    }
  }
}
