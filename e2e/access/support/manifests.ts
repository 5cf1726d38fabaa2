import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { AccessObject } from '../../../demo/fleet/access-object.ts'

/** The manifests of the dashboard, as they are handed out. */
export const DEPLOY = join(import.meta.dirname, '..', '..', '..', 'deploy')

/** The objects of the files directly in a folder of `deploy/`. Throws on YAML that is none. */
export function manifests(folder = '.'): AccessObject[] {
  const files = readdirSync(join(DEPLOY, folder)).filter((name) => name.endsWith('.yaml'))
  return files.toSorted().flatMap((name) =>
    parseAllDocuments(readFileSync(join(DEPLOY, folder, name), 'utf8')).map((document) => {
      const [error] = document.errors
      if (error) throw new Error(`${name}: ${error.message}`)
      return document.toJS() as AccessObject
    }),
  )
}
