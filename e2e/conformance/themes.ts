import type { Theme } from './exchange.ts'
import { access } from './exchanges/access.ts'
import { custom } from './exchanges/custom.ts'
import { deletions } from './exchanges/deletions.ts'
import { discovery, health } from './exchanges/discovery.ts'
import { hostile } from './exchanges/hostile.ts'
import { lists } from './exchanges/lists.ts'
import { negotiation } from './exchanges/negotiation.ts'
import { objects } from './exchanges/objects.ts'
import { patches } from './exchanges/patches.ts'
import { roles } from './exchanges/roles.ts'
import { watches } from './exchanges/watches.ts'

/** Everything that is asked of both servers. */
export const THEMES: readonly Theme[] = [
  discovery,
  health,
  negotiation,
  objects,
  patches,
  deletions,
  lists,
  watches,
  custom,
  access,
  roles,
  hostile,
]
