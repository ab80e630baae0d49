import {
  type ComplianceCoverageBody,
  type ComplianceTrendBody,
  type ComplianceTrendPointBody,
  CONTROL_STATES,
  type ControlBody,
  type ControlCountsBody,
  type ControlCoverageBody,
  type ControlState,
  type FrameworkBody,
  type FrameworkCoverageBody,
  type FrameworkDetailBody,
  type FrameworkListBody,
} from '@securescan/contracts';
import { ApiProperty } from '@nestjs/swagger';

const TEXT = { type: 'string' } as const;
const OPTIONAL_TEXT = { type: 'string', nullable: true } as const;
const TEXTS = { type: 'string', isArray: true } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

export class FrameworkDto implements FrameworkBody {
  @ApiProperty(TEXT) id!: string;
  @ApiProperty(TEXT) name!: string;
  @ApiProperty(TEXT) version!: string;
  @ApiProperty({ ...TEXT, description: 'What its tags begin with.' }) tag_prefix!: string;
  @ApiProperty(COUNT) total_controls!: number;
  @ApiProperty({ ...COUNT, description: 'Controls that at least one scanner can speak to.' })
  testable_controls!: number;
  @ApiProperty({ type: 'boolean', description: 'false for one of the operator’s own.' })
  shipped!: boolean;
}

export class FrameworkListDto implements FrameworkListBody {
  @ApiProperty({ type: FrameworkDto, isArray: true }) frameworks!: FrameworkDto[];
}

export class ControlDto implements ControlBody {
  @ApiProperty({ ...TEXT, description: 'As the framework numbers it.' }) id!: string;
  @ApiProperty({ ...TEXT, description: 'As findings carry it.' }) tag!: string;
  @ApiProperty(TEXT) name!: string;
  @ApiProperty(TEXTS) cwes!: string[];
  @ApiProperty(TEXTS) keywords!: string[];
  @ApiProperty({ ...TEXTS, description: 'Scanners that can speak to it.' }) testable_by!: string[];
}

export class FrameworkDetailDto extends FrameworkDto implements FrameworkDetailBody {
  @ApiProperty({ type: ControlDto, isArray: true }) controls!: ControlDto[];
}

export class ControlCountsDto implements ControlCountsBody {
  @ApiProperty(COUNT) violated!: number;
  @ApiProperty(COUNT) not_observed!: number;
  @ApiProperty(COUNT) not_tested!: number;
}

export class ControlCoverageDto implements ControlCoverageBody {
  @ApiProperty(TEXT) id!: string;
  @ApiProperty(TEXT) tag!: string;
  @ApiProperty(TEXT) name!: string;
  @ApiProperty({ enum: CONTROL_STATES }) state!: ControlState;
  @ApiProperty({ ...COUNT, description: 'Active ones.' }) findings!: number;
  @ApiProperty({ ...TEXTS, description: 'Scanners that completed and can speak to it.' })
  tested_by!: string[];
  @ApiProperty({ ...TEXTS, description: 'All scanners that can speak to it.' })
  testable_by!: string[];
  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'null where there are none, or they belong to several scans.',
  })
  findings_url!: string | null;
}

export class ViolatedControlDto {
  @ApiProperty({ ...TEXT, description: 'The tag.' }) id!: string;
  @ApiProperty(TEXT) name!: string;
}

export class FrameworkCoverageDto implements FrameworkCoverageBody {
  @ApiProperty(TEXT) framework!: string;
  @ApiProperty(TEXT) framework_id!: string;
  @ApiProperty(TEXT) version!: string;
  @ApiProperty(COUNT) total_controls!: number;
  @ApiProperty({ type: ControlCountsDto }) counts!: ControlCountsDto;
  @ApiProperty({
    type: 'number',
    minimum: 0,
    maximum: 100,
    description: 'Controls that are violated or not observed among all, with one decimal.',
  })
  tested_percentage!: number;
  @ApiProperty({ ...TEXTS, description: 'Tags.' }) controls_violated!: string[];
  @ApiProperty({ type: ViolatedControlDto, isArray: true }) violated_details!: ViolatedControlDto[];
  @ApiProperty({ type: ControlCoverageDto, isArray: true }) controls!: ControlCoverageDto[];
}

export class ComplianceCoverageDto implements ComplianceCoverageBody {
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'null for how things stand across scans.' })
  scan_id!: string | null;
  @ApiProperty(OPTIONAL_TEXT) project!: string | null;
  @ApiProperty(OPTIONAL_TEXT) target!: string | null;
  @ApiProperty({ type: FrameworkCoverageDto, isArray: true }) coverage!: FrameworkCoverageDto[];
}

export class ComplianceTrendPointDto extends ControlCountsDto implements ComplianceTrendPointBody {
  @ApiProperty({ ...TEXT, format: 'date', description: 'A day in UTC.' }) date!: string;
}

export class ComplianceTrendDto implements ComplianceTrendBody {
  @ApiProperty(TEXT) framework_id!: string;
  @ApiProperty(OPTIONAL_TEXT) project!: string | null;
  @ApiProperty(OPTIONAL_TEXT) target!: string | null;
  @ApiProperty(COUNT) total_controls!: number;
  @ApiProperty({
    type: ComplianceTrendPointDto,
    isArray: true,
    description: 'The oldest day first; the last is today.',
  })
  points!: ComplianceTrendPointDto[];
}
