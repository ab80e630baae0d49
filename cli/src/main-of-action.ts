#!/usr/bin/env node
import { start } from './start';

// A runner's Node may be older than the server's database allows; nothing of the Action touches one.
start((run) => void run());
