import type { GuestOs } from '../guest-image.ts'
import { windowsFiles } from '../windows/windows-files.ts'
import {
  device,
  directory,
  programFile,
  regularFile,
  symbolicLink,
  type Directory,
  type FileNode,
} from './file-node.ts'

/** Which distribution an image name stands for. */
export interface Distribution {
  id: string
  name: string
  version: string
  codename: string
}

const DEBIAN: Distribution = { id: 'debian', name: 'Debian GNU/Linux', version: '13', codename: 'trixie' }
const UBUNTU: Distribution = { id: 'ubuntu', name: 'Ubuntu', version: '24.04', codename: 'noble' }

export const distributionOf = (image: string): Distribution =>
  /debian|toolbox/.test(image) ? DEBIAN : UBUNTU

export const prettyName = ({ id, name, version, codename }: Distribution) =>
  id === 'ubuntu' ? `${name} ${version} LTS` : `${name} ${version} (${codename})`

const osRelease = (distribution: Distribution) =>
  [
    `PRETTY_NAME="${prettyName(distribution)}"`,
    `NAME="${distribution.name}"`,
    `VERSION_ID="${distribution.version}"`,
    `VERSION_CODENAME=${distribution.codename}`,
    `ID=${distribution.id}`,
    ...(distribution.id === 'ubuntu' ? ['ID_LIKE=debian'] : []),
    `HOME_URL="https://www.${distribution.id}.${distribution.id === 'ubuntu' ? 'com' : 'org'}/"`,
    '',
  ].join('\n')

const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  'systemd-network:x:998:998:systemd Network Management:/:/usr/sbin/nologin',
  'sshd:x:102:65534::/run/sshd:/usr/sbin/nologin',
  'agent:x:1000:1000:Agent:/home/agent:/bin/bash',
  '',
].join('\n')

const GROUP = [
  'root:x:0:',
  'daemon:x:1:',
  'sudo:x:27:agent',
  'systemd-network:x:998:',
  'agent:x:1000:',
  '',
].join('\n')

const CONFIG = [
  'name: agent',
  'heartbeat: 30s',
  'workspace: /home/agent/work',
  'log:',
  '  level: info',
  '',
].join('\n')

const UNIT = (description: string, command: string) =>
  [
    '[Unit]',
    `Description=${description}`,
    '',
    '[Service]',
    `ExecStart=${command}`,
    'Restart=always',
    'RestartSec=0',
    '',
  ].join('\n')

const owned = <N extends FileNode>(uid: number, node: N): N => Object.assign(node, { uid, gid: uid })

const binaries = (names: Iterable<string>) =>
  Object.fromEntries([...names].sort().map((name) => [name, programFile(name)]))

const DEVICES = () =>
  directory({
    fd: symbolicLink('/proc/self/fd'),
    full: device('full', 7),
    null: device('null', 3),
    random: device('random', 8),
    stderr: symbolicLink('/proc/self/fd/2'),
    stdin: symbolicLink('/proc/self/fd/0'),
    stdout: symbolicLink('/proc/self/fd/1'),
    urandom: device('random', 9),
    zero: device('zero', 5),
  })

const mount = (name: string): Directory => ({ ...directory({}, 0o555), mount: name })
const empty = (mode?: number) => directory({}, mode)

/** Programs whose files stand somewhere else, or are only known to init. */
const SERVICE_PROGRAMS = { 'cocoon-agent': 'cocoon-agent' }

/** What somebody finds who types to a shell. */
const BASHRC = [
  "PS1='\\[\\e[1;32m\\]\\u@\\h\\[\\e[0m\\]:\\[\\e[1;34m\\]\\w\\[\\e[0m\\]\\$ '",
  "alias ls='ls --color=auto'",
  "alias ll='ls -l'",
  '',
].join('\n')

/** The files of a Linux image. */
function linuxFiles(distribution: Distribution, programs: Iterable<string>): Directory {
  return directory({
    bin: symbolicLink('usr/bin'),
    boot: empty(),
    dev: DEVICES(),
    etc: directory({
      agent: directory({ 'config.yaml': regularFile(CONFIG) }),
      debian_version: regularFile(distribution.id === 'debian' ? '13.1\n' : 'trixie/sid\n'),
      group: regularFile(GROUP),
      'ld.so.conf': regularFile('include /etc/ld.so.conf.d/*.conf\n'),
      'os-release': regularFile(osRelease(distribution)),
      passwd: regularFile(PASSWD),
      profile: regularFile('# /etc/profile: system-wide .profile file\n'),
      'resolv.conf': regularFile('nameserver 10.88.0.1\nsearch cluster.local\n'),
      shells: regularFile('/bin/sh\n/bin/bash\n/bin/dash\n'),
      ssh: directory({ sshd_config: regularFile('PermitRootLogin prohibit-password\nUsePAM yes\n') }),
      systemd: directory({
        system: directory({
          'agent.service': regularFile(
            UNIT('Workload', '/opt/agent/bin/agent --config /etc/agent/config.yaml'),
          ),
          'cocoon-agent.service': regularFile(UNIT('Cocoon guest agent', '/usr/local/bin/cocoon-agent')),
        }),
      }),
    }),
    home: directory({
      agent: owned(
        1000,
        directory(
          {
            '.bashrc': owned(1000, regularFile("PS1='\\u@\\h:\\w\\$ '\n")),
            work: owned(
              1000,
              directory({ 'README.md': owned(1000, regularFile('# Workspace of the agent\n')) }),
            ),
          },
          0o750,
        ),
      ),
    }),
    lib: symbolicLink('usr/lib'),
    media: empty(),
    mnt: empty(),
    opt: directory({
      agent: directory({ bin: directory({ agent: programFile('agent') }), VERSION: regularFile('1.14.2\n') }),
    }),
    proc: mount('proc'),
    root: directory(
      {
        '.bashrc': regularFile(BASHRC),
        '.profile': regularFile('mesg n 2> /dev/null || true\n'),
      },
      0o700,
    ),
    run: directory({ lock: empty(0o1777), 'cocoon-agent.pid': regularFile('388\n') }),
    sbin: symbolicLink('usr/sbin'),
    srv: empty(),
    sys: empty(0o555),
    tmp: empty(0o1777),
    usr: directory({
      bin: directory(binaries(programs)),
      games: empty(),
      include: empty(),
      lib: directory({ 'os-release': regularFile(osRelease(distribution)) }),
      local: directory({
        bin: directory(binaries(Object.keys(SERVICE_PROGRAMS))),
        lib: empty(),
        share: empty(),
      }),
      sbin: directory(binaries(['sshd', 'nologin'])),
      share: directory({ doc: empty() }),
    }),
    var: directory({
      cache: empty(),
      lib: directory({ 'cocoon-agent': directory({ 'vsock-port': regularFile('1024\n') }) }),
      log: directory({ 'cloud-init.log': regularFile('util.py[INFO]: Cloud-init v. 24.4 finished\n') }),
      tmp: empty(0o1777),
    }),
  })
}

const BUILD_PROP = [
  'ro.build.version.release=15',
  'ro.build.version.sdk=35',
  'ro.product.model=Cocoon',
  '',
].join('\n')

function androidFiles(programs: Iterable<string>): Directory {
  return directory({
    bin: symbolicLink('/system/bin'),
    data: directory({ data: empty(0o771), local: directory({ tmp: empty(0o771) }), app: empty(0o771) }),
    dev: DEVICES(),
    etc: symbolicLink('/system/etc'),
    proc: mount('proc'),
    sdcard: directory({ DCIM: empty(), Download: empty(), Pictures: empty() }),
    system: directory({
      bin: directory(binaries([...programs, 'cocoon-agent'])),
      'build.prop': regularFile(BUILD_PROP),
      etc: directory({ hosts: regularFile('127.0.0.1       localhost\n::1             ip6-localhost\n') }),
    }),
    tmp: empty(0o1777),
    vendor: empty(),
  })
}

function macFiles(programs: Iterable<string>): Directory {
  return directory({
    Applications: directory({ 'Agent.app': empty(), 'Safari.app': empty() }),
    Library: empty(),
    System: empty(),
    Users: directory({ admin: directory({ Desktop: empty(), Documents: empty(), Downloads: empty() }) }),
    bin: symbolicLink('usr/bin'),
    dev: DEVICES(),
    etc: symbolicLink('private/etc'),
    private: directory({
      etc: directory({ shells: regularFile('/bin/sh\n/bin/zsh\n') }),
      tmp: empty(0o1777),
      var: empty(),
    }),
    proc: mount('proc'),
    tmp: symbolicLink('private/tmp'),
    usr: directory({ bin: directory(binaries(programs)), lib: empty(), local: directory({ bin: empty() }) }),
  })
}

/** Programs that not all of the systems have. */
const ANDROID_ONLY = ['getprop', 'pm']
const LINUX_ONLY = ['dash', 'hostnamectl', 'journalctl', 'script', 'stty', 'systemctl']
/** A slim image has nothing that makes a terminal, so its shells read lines (contract 6.7). */
const NOT_SLIM = ['script', 'stty']
const isSlim = (image: string) => image.includes('slim')
const without = (names: readonly string[], others: readonly string[]) =>
  names.filter((name) => !others.includes(name))

const ROOTS: Record<GuestOs, (distribution: Distribution, programs: readonly string[]) => Directory> = {
  linux: (distribution, programs) => linuxFiles(distribution, without(programs, ANDROID_ONLY)),
  android: (_, programs) => androidFiles(without(programs, LINUX_ONLY)),
  macos: (_, programs) => macFiles(without(programs, [...ANDROID_ONLY, ...LINUX_ONLY])),
  windows: windowsFiles,
}

const built = new Map<string, Directory>()

/** The read-only files that all guests of one image share; made when the first of them is looked at. */
export function baseFiles(os: GuestOs, image: string, programs: readonly string[]): Directory {
  const distribution = distributionOf(image)
  const slim = os === 'linux' && isSlim(image)
  const key = os === 'linux' ? `${distribution.id}${slim ? ' slim' : ''}` : os
  const known = built.get(key)
  if (known) return known
  const root = ROOTS[os](distribution, slim ? without(programs, NOT_SLIM) : programs)
  built.set(key, root)
  return root
}
