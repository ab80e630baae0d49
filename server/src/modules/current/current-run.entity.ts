import { Entity, ForeignKey, Index } from 'typeorm';
import { IntegerColumn, SequenceKeyColumn, TextColumn } from '../../database/columns';
import { TargetEntity } from './target.entity';

/** Neighbouring places of findings that are there now in a target: one row for a scan of which all counts. */
@Entity('current_runs')
@Index('idx_current_runs_target', ['targetId', 'lastPlace', 'firstPlace'])
@Index('idx_current_runs_project', ['project', 'lastPlace', 'firstPlace'])
export class CurrentRunEntity {
  @SequenceKeyColumn('last_place')
  lastPlace!: number;

  @IntegerColumn('first_place')
  firstPlace!: number;

  @ForeignKey(() => TargetEntity, { name: 'fk_current_runs_target', onDelete: 'CASCADE' })
  @TextColumn('target_id')
  targetId!: string;

  /** The target's, so that a list of one project reads nothing of the others. */
  @TextColumn('project')
  project!: string;
}
