import { Option, type Command } from 'commander'
import { sandboxChoices } from '../../domain/runs/sandbox-choice.ts'
import { changeFlagRules, limitFlagRules, nameRule, runFlagRules, type FlagRule } from '../../operations/run-flags.ts'
import { createJsonFlag } from '../json-flag.ts'

/** Flags common to every command that asks a model. */
export function addRunFlags(command: Command): Command {
  return addRules(command, Object.values(runFlagRules))
    .addOption(createSandboxOption())
    .option('--base-url <url>', "send requests to this URL instead of the registry's; no key is sent there")
    .addOption(createOption(nameRule))
    .option('--detach', 'start it and exit; `arcloom watch` follows it')
    .addOption(createJsonFlag())
}

/** For every command that runs programs. */
export function createSandboxOption(): Option {
  return new Option('--sandbox <level>', 'none runs programs UNPROTECTED: docs/sandbox.md')
    .choices(sandboxChoices)
    .default('auto')
}

/** For commands that run programs and let you set their limits. */
export function addLimitFlags(command: Command): Command {
  return addRules(command, Object.values(limitFlagRules))
}

/** For commands that change the controls of a run that exists. */
export function addChangeFlags(command: Command): Command {
  return addRules(command, Object.values(changeFlagRules))
}

function addRules(command: Command, rules: readonly FlagRule[]): Command {
  for (const rule of rules) {
    // Without its opposite, commander would take a flag that was not typed for one that was typed the other way round.
    if (rule.flags.startsWith('--no-')) command.addOption(new Option(rule.flags.replace('--no-', '--')).hideHelp())
    command.addOption(createOption(rule))
  }
  return command
}

export function createOption({ flags, description, parse, choices, default: standard }: FlagRule): Option {
  const option = new Option(flags, description)
  if (parse) option.argParser<unknown>((text, before) => parse(text, before as never)) // Commander hands back what it returned.
  if (choices) option.choices(choices)
  return standard === undefined ? option : option.default(standard)
}
