/** Failures on request: an image whose name ends in one of these words misbehaves that way. */
export const FAULTS = [
  'fail-boot',
  'fail-fork',
  'fail-fixup',
  'fail-hibernate',
  'fail-wake',
  'slow-wake',
  'flaky-probe',
] as const

export type Fault = (typeof FAULTS)[number]

/** The fault that an image asks for, whether or not a tag follows its name. */
export function faultOf(image: string): Fault | undefined {
  const name = image.slice(image.lastIndexOf('/') + 1)
  const [repository = '', tag = ''] = name.split(':')
  return FAULTS.find((fault) => repository.endsWith(fault) || tag.endsWith(fault))
}
