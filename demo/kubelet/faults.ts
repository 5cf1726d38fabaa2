/** Failures on request: an image whose name or tag ends in one of these words misbehaves that way. */
export const FAULTS = {
  'fail-boot': 'the guest never starts: creation fails, and is tried again with back-off',
  'no-image': 'the image cannot be pulled',
  'no-registry': 'the registry does not answer when a VM is created (HibernateEvidenceUnavailable)',
  'slow-boot': 'the guest takes over a minute to start',
  'ip-late': 'the DHCP lease comes half a minute late',
  'no-ip': 'the DHCP lease never comes: a clone or wake fails after 45 s',
  'flaky-probe': 'the readiness probe comes and goes',
  'fail-snapshot': 'the state of the main agent cannot be saved for forks',
  'fail-fork': 'a fork cannot restore that state',
  'fail-fixup': 'the network of a clone cannot be fixed: a hint is left for a person',
  'no-agent': 'the guest has no agent: exec fails, and so does a network fix-up where one is needed',
  'fail-netresize': 'a Windows guest does not let its network card go (HibernateNetResizeFailed)',
  'fail-hibernate': 'the memory cannot be saved (HibernateSnapshotFailed)',
  'fail-push': 'the saved memory cannot be pushed (HibernatePushFailed)',
  'fail-remove': 'the VM cannot be removed once it is saved (HibernateRemoveFailed)',
  'slow-hibernate': 'hibernation takes longer than the three minutes that the operator waits',
  'fail-wake': 'the saved memory cannot be restored (WakeCloneFailed)',
  'slow-wake': 'a wake takes about two minutes',
  'stuck-wake': 'a wake takes longer than the five minutes that the operator waits',
  'fail-delete': 'the final snapshot fails three times: the pod stays Terminating meanwhile',
  'crash-loop': 'the VM crashes, is restarted in place, and crashes again (RestartCooldown)',
  'vm-gone': 'the VM vanishes a minute after it is ready (VMGone)',
} as const satisfies Record<string, string>

export type Fault = keyof typeof FAULTS

const WORDS = Object.keys(FAULTS) as Fault[]

/** Whether a text ends in a word of its own: `nano-agent` does not ask for `no-agent`. */
function endsIn(text: string, word: string): boolean {
  return text === word || (text.endsWith(word) && !/[a-z0-9]/i.test(text.at(-word.length - 1) ?? ''))
}

/** The fault that an image asks for, whether or not a tag follows its name. */
export function faultOf(image: string): Fault | undefined {
  const name = image.slice(image.lastIndexOf('/') + 1)
  const [repository = '', tag = ''] = name.split(':')
  return WORDS.find((word) => endsIn(repository, word) || endsIn(tag, word))
}
