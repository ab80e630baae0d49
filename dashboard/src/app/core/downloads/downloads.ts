import { HttpClient, HttpErrorResponse, type HttpResponse } from '@angular/common/http';
import { DOCUMENT, Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { type Problem, toProblem } from '../errors/problem';

export interface DownloadRequest {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  /** Where the server names none. */
  readonly fileName: string;
}

/** Saves documents of the server. A link could not send the key, so they are fetched and handed to the browser. */
@Injectable({ providedIn: 'root' })
export class Downloads {
  private readonly http = inject(HttpClient);
  private readonly document = inject(DOCUMENT);

  /** Resolves to why it could not be had, or to `null` once the browser has it. */
  async save({ url, params, fileName }: DownloadRequest): Promise<Problem | null> {
    const options = { params, observe: 'response', responseType: 'blob' } as const;
    try {
      const answer = await firstValueFrom(this.http.get(url, options));
      if (answer.body !== null) this.hand(answer.body, nameOf(answer) ?? fileName);
      return null;
    } catch (error) {
      // Expected: the server refuses, or is away. The page shows its reason.
      return toProblem(await readable(error));
    }
  }

  private hand(content: Blob, fileName: string): void {
    const address = URL.createObjectURL(content);
    const link = this.document.createElement('a');
    link.href = address;
    link.download = fileName;
    link.click();
    // Only once the browser has taken it up: some do so after the click has returned.
    setTimeout(() => {
      URL.revokeObjectURL(address);
    });
  }
}

function nameOf(answer: HttpResponse<Blob>): string | null {
  const header = answer.headers.get('Content-Disposition') ?? '';
  return /filename="([^"/\\]+)"/.exec(header)?.[1] ?? null;
}

/** Who asks for bytes gets the server's reason as bytes, too. */
async function readable(error: unknown): Promise<unknown> {
  if (!(error instanceof HttpErrorResponse) || !(error.error instanceof Blob)) return error;
  const { headers, status, url } = error;
  const body = parsed(await error.error.text());
  return new HttpErrorResponse({ error: body, headers, status, url: url ?? '' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Expected of a proxy that answers in its own words.
    return null;
  }
}
