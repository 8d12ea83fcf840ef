import { InvalidCommandError } from './invalid-command-error.ts'

/** Loads what needs a package that not everybody has. @throws {InvalidCommandError} that names the package. */
export async function withPackage<Module>(
  name: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'))
      throw error
    throw new InvalidCommandError(`This takes the package ${name}: npm install ${name}.`)
  }
}
