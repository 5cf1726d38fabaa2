import type { Possible } from '../../lib/fleet/bulk/possible.ts'
import { formatCount } from '../ui/format-count.ts'

/** "12 of 15", or only "15" where it is possible for all of them. */
export const possibleWords = ({ ok, all }: Possible): string =>
  ok === all ? formatCount(all) : `${formatCount(ok)} of ${formatCount(all)}`
