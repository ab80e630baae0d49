import { AI_PATTERNS } from './ai';
import { describePatterns } from './patterns.contract';
import { hex, letters, text } from './sample-values.contract';

describePatterns('AI', AI_PATTERNS, [
  { kind: 'anthropic-api-key', value: `sk-ant-api03-${text(80)}` },
  { kind: 'anthropic-api-key', value: `sk-ant-admin01-${text(80)}` },
  { kind: 'openrouter-api-key', value: `sk-or-v1-${hex(64)}` },
  { kind: 'openai-api-key', value: `sk-proj-${text(40)}` },
  { kind: 'openai-api-key', value: `sk-svcacct-${text(40)}` },
  { kind: 'openai-api-key', value: `sk-${text(20)}T3BlbkFJ${text(20)}` },
  { kind: 'openai-api-key', value: `sk-${text(48)}` },
  { kind: 'deepseek-api-key', value: `sk-${hex(32)}` },
  { kind: 'huggingface-token', value: `hf_${letters(34)}` },
  { kind: 'groq-api-key', value: `gsk_${text(52)}` },
  { kind: 'xai-api-key', value: `xai-${text(70)}` },
  { kind: 'perplexity-api-key', value: `pplx-${text(48)}` },
  { kind: 'replicate-token', value: `r8_${text(37)}` },
  { kind: 'nvidia-api-key', value: `nvapi-${text(60)}` },
  { kind: 'langsmith-api-key', value: `lsv2_pt_${hex(32)}_${hex(10)}` },
  { kind: 'pinecone-api-key', value: `pcsk_${text(5)}_${text(55)}` },
  { kind: 'elevenlabs-api-key', value: `sk_${hex(48)}` },
  { kind: 'tavily-api-key', value: `tvly-${text(32)}` },
  { kind: 'cohere-api-key', line: 'COHERE_API_KEY=@', value: text(40) },
  { kind: 'mistral-api-key', line: 'mistralApiKey: "@"', value: text(32) },
  { kind: 'wandb-api-key', line: 'WANDB_API_KEY=@', value: hex(40) },
]);
