import { Command } from 'commander';
import { software } from '#platform/config/project-root.js';
import { addCheckpoint } from './checkpoint.command.js';
import { addCopyLog } from './copy-log.command.js';
import { addDemo } from './demo.command.js';
import { addDoctor } from './doctor/doctor.command.js';
import { addEvidencePack } from './evidence-pack.command.js';
import { addErase } from './erase.command.js';
import { addExplain } from './explain.command.js';
import { addExportLog } from './export-log.command.js';
import { addFeedSecret } from './feed-secret.command.js';
import { addImportRegister } from './import-register.command.js';
import { addImportVisits } from './import-visits.command.js';
import { addJobs } from './jobs.command.js';
import { addKeys } from './keys.command.js';
import { exitCodesHelp } from './outcome.js';
import { addProjections } from './projections.command.js';
import { addProveGrowth } from './prove-growth.command.js';
import { addProve } from './prove.command.js';
import { addReplay } from './replay.command.js';
import { addSignIn } from './sign-in.command.js';
import { addTakeOn } from './take-on.command.js';
import { addVerify } from './verify.command.js';
import { addWorkItems } from './work-items.command.js';

/** The table of contents of the command line. Errors are thrown, never printed here. */
export function createProgram(): Command {
  const program = new Command('brokerage')
    .description('The command line of the brokerage: a client of the running service.')
    .version(`${software.name} ${software.version}`)
    .addHelpText('after', exitCodesHelp);
  addDemo(program);
  addErase(program);
  addKeys(program);
  addSignIn(program);
  addExplain(program);
  addVerify(program);
  addCheckpoint(program);
  addProve(program);
  addEvidencePack(program);
  addProveGrowth(program);
  addExportLog(program);
  addReplay(program);
  addCopyLog(program);
  addDoctor(program);
  addTakeOn(program);
  addImportRegister(program);
  addImportVisits(program);
  addFeedSecret(program);
  addProjections(program);
  addWorkItems(program);
  addJobs(program);
  quietly(program);
  return program;
}

/** Sub-commands are made before this is known, so each is told. */
function quietly(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  // Without a sub-command commander prints the help as an error.
  if (command.commands.length > 0) {
    command.configureOutput({ writeErr: () => undefined });
    for (const each of command.commands) quietly(each);
  }
}
