import { IsInt, IsNotEmpty, IsOptional, IsString, Max, Min } from 'class-validator';
import { IsOrigin } from './constraints';
import { commaList, Setting, text, wholeNumber } from './setting';
import type { Parser } from './setting';

const origin: Parser<string> = (raw) => ({ value: raw.replace(/\/$/, '') });

export class HttpConfig {
  /** The address to listen on. Without credentials it must be one that only this machine can reach. */
  @Setting('SECURESCAN_HOST', text)
  @IsString()
  @IsNotEmpty()
  readonly host: string = '127.0.0.1';

  /** The port to listen on; 0 takes any free one. */
  @Setting('SECURESCAN_PORT', wholeNumber)
  @IsInt()
  @Min(0)
  @Max(65535)
  readonly port: number = 8000;

  /** Origins of other pages that may call the API from a browser, separated by commas. */
  @Setting('SECURESCAN_CORS_ORIGINS', commaList)
  @IsOrigin({ each: true })
  readonly corsOrigins: readonly string[] = [];

  /** Event streams that may be open at the same time; each holds a connection and about 15 kB. */
  @Setting('SECURESCAN_EVENT_STREAMS', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly eventStreams: number = 2000;

  /** How many of them one caller may hold. */
  @Setting('SECURESCAN_EVENT_STREAMS_PER_CALLER', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly eventStreamsPerCaller: number = 200;

  /** The origin under which browsers reach this server, such as https://scan.example.com. Needed behind an SSO proxy. */
  @Setting('SECURESCAN_PUBLIC_URL', origin)
  @IsOptional()
  @IsOrigin()
  readonly publicUrl: string | null = null;
}
