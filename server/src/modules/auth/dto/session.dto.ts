import {
  CALLER_KINDS,
  type CallerKind,
  type EventTokenBody,
  SCOPES,
  type Scope,
  type SessionBody,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';

const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;

export class SessionPrincipalDto {
  @ApiProperty({ type: 'string' }) name!: string;
  @ApiProperty(OPTIONAL_TEXT) email!: string | null;
}

export class SessionDto implements SessionBody {
  @ApiProperty({ type: 'boolean', description: 'false where nobody has to be recognised.' })
  authenticated!: boolean;
  @ApiProperty({
    enum: CALLER_KINDS,
    description:
      'open: no credential has ever existed; env: SECURESCAN_API_KEY; key: a key of the database; sso: the proxy.',
  })
  kind!: CallerKind;
  @ApiProperty({ type: SessionPrincipalDto, nullable: true })
  principal!: SessionPrincipalDto | null;
  @ApiProperty({ enum: SCOPES, isArray: true }) scopes!: Scope[];
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Where a session of the SSO proxy ends.' })
  logout_url!: string | null;
}

export class EventTokenDto implements EventTokenBody {
  @ApiProperty({ type: 'string' }) token!: string;
  @ApiProperty({ type: 'integer', description: 'Seconds.' }) expires_in!: number;
}
