/** Says in a sentence what is wrong with the command line or with the environment. */
export class InvalidCommandError extends TypeError {
  override readonly name = 'InvalidCommandError'
}
