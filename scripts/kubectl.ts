import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { programPath } from '../e2e/control-plane/binaries.ts'

/**
 * Where kubectl is: on the PATH, or built once per machine from its published module (the distribution's is
 * years old). Rejects when there is none and no Go to build it with.
 */
export async function ensureKubectl(log: (text: string) => void): Promise<string> {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'kubectl'))
    .find(existsSync)
  return found ?? programPath('kubectl', log)
}
