import type { Random } from '../random.ts'

/** The letters of generated names: no vowels, so that no words appear. */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'
const GENERATED_LENGTH = 5
const GENERATED_BASE = 63 - GENERATED_LENGTH

/** Elsewhere now; here until nobody asks for it here. */
export { metadataCauses } from './metadata-causes.ts'

export function generatedName(base: string, random: Random): string {
  const letters = Array.from(
    { length: GENERATED_LENGTH },
    () => NAME_LETTERS[random.int(0, NAME_LETTERS.length - 1)],
  )
  return base.slice(0, GENERATED_BASE) + letters.join('')
}
