#!/usr/bin/env node
/** `npm run brokerage -- <command>`: compiles what changed and runs the command line. */
import { prepare } from '../build/prepare.mjs';

await prepare('npm run brokerage -- <command>');
await import('../../dist/apps/cli/main.js');
