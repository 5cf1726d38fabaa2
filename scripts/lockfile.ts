/** The parts of a package-lock.json (version 3) that matter for completeness. */
export interface LockedPackage {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

export interface Lockfile {
  packages: Record<string, LockedPackage>
}

/** An optional dependency that a package names and the lockfile does not hold. */
export interface MissingPackage {
  by: string
  name: string
  version: string
}

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'win32',
  'wasi',
  'aix',
  'netbsd',
  'openbsd',
  'sunos',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'x64',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'loong64',
  'mips64el',
]

/** What `npm ci` would miss: packages for other platforms that a registry without them left out of the lock. */
export function missingPackages({ packages }: Lockfile): MissingPackage[] {
  return Object.entries(packages).flatMap(([by, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${by}/node_modules/${name}`])
      .map(([name, version]) => ({ by, name, version })),
  )
}

/** The platform that a package's name speaks of, as npm writes it in a lockfile. */
export function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = (name.split('/').at(-1) ?? '').split('-')
  const os = SYSTEMS.find((system) => words.includes(system))
  const cpu = PROCESSORS.find((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : null
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(os === 'linux' && libc !== null ? { libc: [libc] } : {}),
    ...(os === undefined || os === 'wasi' ? {} : { os: [os] }),
  }
}

/**
 * The lockfile with an entry for every optional package that it misses.
 * @throws Error when one is named by a range: only npm can say which version that is.
 */
export function completed(lock: Lockfile): Lockfile {
  const added = missingPackages(lock).map(({ by, name, version }): [string, LockedPackage] => {
    if (!/^\d+\.\d+\.\d+\S*$/.test(version))
      throw new Error(`${by} wants ${name} ${version}, which is no exact version`)
    const dev = lock.packages[by]?.dev ? { dev: true } : {}
    return [`node_modules/${name}`, { version, ...platformOf(name), ...dev, optional: true }]
  })
  const entries = [...Object.entries(lock.packages), ...added]
  return { ...lock, packages: Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en'))) }
}
