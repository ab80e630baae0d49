import { IsInt, IsNotEmpty, IsString, Max, Min } from 'class-validator';
import { IsOrigin, IsLoopbackAddress } from './constraints';
import { commaList, flag, Setting, text, wholeNumber } from './setting';

export class HttpConfig {
  /** The address to listen on. Without credentials it must be this machine's own. */
  @Setting('SECURESCAN_HOST', text)
  @IsString()
  @IsNotEmpty()
  @IsLoopbackAddress()
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

  /** Refuses to serve anyone without credentials. */
  @Setting('SECURESCAN_AUTH_REQUIRED', flag)
  readonly authRequired: boolean = false;
}
