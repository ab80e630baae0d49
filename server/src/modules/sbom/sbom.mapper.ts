import type { SbomBody } from '@securescan/contracts';
import type { Fields } from '../../common/fields';
import type { SbomDocumentEntity } from './sbom-document.entity';

export function toSbomBody(bill: Fields<SbomDocumentEntity>): SbomBody {
  return {
    id: bill.id,
    scan_id: bill.scanId,
    project: bill.project,
    target_path: bill.targetPath,
    name: bill.name,
    version: bill.version,
    component_count: bill.componentCount,
    complete: bill.isComplete,
    created_at: bill.createdAt,
  };
}
