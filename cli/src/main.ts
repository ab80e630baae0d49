#!/usr/bin/env node
import { runOnSupportedNode } from '@securescan/host-node/runtime-guard';
import { start } from './start';

start(runOnSupportedNode);
