import type { Consoles } from './consoles.ts'

/** Hangs on `globalThis` for the same reason as the fleet service: Next has copies of every module. */
const KEY = Symbol.for('cocoon-dashboard.consoles')

const holder = globalThis as { [KEY]?: Consoles }

/** Makes these the consoles of this process. @throws Error when it has some already */
export function installConsoles(consoles: Consoles): void {
  if (holder[KEY] !== undefined) throw new Error('this process already has consoles')
  holder[KEY] = consoles
}

/** The process's consoles. @throws Error when the page is served by something else than `server.ts` */
export function processConsoles(): Consoles {
  const consoles = holder[KEY]
  if (consoles === undefined)
    throw new Error('there are no consoles: start the dashboard with npm start or npm run dev')
  return consoles
}
