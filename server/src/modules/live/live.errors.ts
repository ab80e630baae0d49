import { RetryLaterError } from '../../common/http.errors';

/** Streams end with their scans, so there is room again before long. */
const RETRY_AFTER_SECONDS = 5;

export class TooManyStreamsError extends RetryLaterError {
  constructor(limit: number) {
    super(
      'TOO_MANY_STREAMS',
      `You hold ${limit} event streams open, as many as one caller may; close one, or ask for the scan itself.`,
      RETRY_AFTER_SECONDS,
    );
  }
}

export class StreamsFullError extends RetryLaterError {
  constructor(limit: number) {
    super(
      'STREAMS_FULL',
      `All ${limit} event streams of this server are taken; try again in a moment, or ask for the scan itself.`,
      RETRY_AFTER_SECONDS,
    );
  }
}
