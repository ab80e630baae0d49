import { describeTreeContract } from '../tree.contract';
import { dockerfileScanner } from './scanner';

describeTreeContract(dockerfileScanner);
