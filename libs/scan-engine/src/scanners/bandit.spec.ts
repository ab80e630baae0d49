import { parseBandit } from './bandit';
import { describeParserContract } from './parser.contract';

describeParserContract('bandit', parseBandit);
