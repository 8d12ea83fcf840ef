import type { CommandName } from './command-options.ts'

const general = `Usage: lightfast COMMAND [options]

  lightfast doctor      checks that an app can work with its account, and how to mend what is wrong
  lightfast migrate     brings the tables of the database up to date
  lightfast reconcile   compares records and images, and mends what can be mended
  lightfast cleanup     deletes what nobody needs any more
  lightfast jobs        lists jobs, replays those that were given up, does what is due
  lightfast import      makes images of files and addresses
  lightfast variants    gives the account the named variants of the app's presets
  lightfast keys        replaces the key that signs URLs

  --help                after a command: tells more about it
  --json                with every command: for machines
  --version

Ends with 0 if nothing failed, 1 if something did, and 2 if it was asked wrongly.
`

const environment = `It reads CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN, and CLOUDFLARE_BASE_URL if it is set;
LIGHTFAST_DATABASE_URL: a path, file:PATH or postgres://…, with LIGHTFAST_DATABASE_SCHEMA;
LIGHTFAST_BYTES: where the app keeps bytes, a folder or s3://BUCKET/PREFIX with AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL.
`

const ends = `Ends with 0 if nothing failed, 1 if something did, and 2 if it was asked wrongly.
`

const topics: Readonly<Record<CommandName, string>> = {
  doctor: `Usage: lightfast doctor [options]

Checks that an app can work with its account at Cloudflare Images, and says how to mend what is wrong.

  --json                    for machines
  --variant NAME            must be there besides public; can be given several times
  --webhook-secret TEXT     in place of LIGHTFAST_WEBHOOK_SECRET; others on the machine can see it

It reads CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN, CLOUDFLARE_IMAGES_ACCOUNT_HASH and, if they are
set, CLOUDFLARE_BASE_URL, CLOUDFLARE_IMAGES_DELIVERY_URL and LIGHTFAST_WEBHOOK_SECRET.
It makes one draft upload, which expires by itself, and changes nothing else.

${ends}`,
  migrate: `Usage: lightfast migrate [options]

Brings the tables of the database up to date, and tells which migrations ran. It goes forward only.

  --dry-run                 tells which would run, and changes nothing
  --json                    for machines

It reads LIGHTFAST_DATABASE_URL: a path, file:PATH or postgres://…, with LIGHTFAST_DATABASE_SCHEMA.

${ends}`,
  reconcile: `Usage: lightfast reconcile [options]

Compares the records with the images at Cloudflare, both ways, and with the bytes that the app keeps.
Uploads that had arrived unheard of become ready, doubles are deleted, and lost jobs are written
again. Images that belong to no record are left alone.

  --dry-run                 finds the same, and changes nothing
  --json                    for machines

${environment}
Ends with 0 if all is well, 1 if ready images are not at Cloudflare or a job was given up, and 2 if
it was asked wrongly.
`,
  cleanup: `Usage: lightfast cleanup [options]

Deletes, here and at Cloudflare, uploads that expired or were refused long ago, and, if asked for,
ready images that nothing uses. What something uses stays, and so does what changes while it runs.

  --unused-days N           ready images that nothing has used for so many days; without it they stay
  --expired-days N          expired and refused uploads that are older; 30 by default
  --dry-run                 tells what would be deleted, and changes nothing
  --yes                     asks nobody; needed where there is no terminal
  --json                    for machines

${environment}
${ends}`,
  jobs: `Usage: lightfast jobs [options]

Lists jobs: their age, when they are due, how often they were tried and why that failed.

  --state dead|queued       only those
  --kind KIND               only those: expire, confirm, forward, close, delete-remote, drop-bytes,
                            reconcile
  --replay KEY              makes a dead job due again; can be given several times
  --replay-all              makes all dead jobs due again, or all of --kind
  --run                     does what is due, once, and ends: for cron
  --json                    for machines

${environment}
${ends}`,
  import: `Usage: lightfast import PATH_OR_URL… --kind KIND --owner ID [options]

Makes images of files, of what is in folders, and of what http and https addresses answer. It can be
ended and run again at any moment: the same bytes of an owner are one image, whatever they are called.

  --list FILE               more paths and addresses, one in a line
  --kind KIND               what the app uses them for, such as photo
  --owner ID                whose they are
  --tenant ID               of which tenant the owner is
  --concurrency N           so many at once; 4 by default
  --per-minute N            so many uploads in a minute; 150 by default
  --state FILE              remembers what is done, so that another run need not even read it
  --allow-private           asks addresses of this machine and its network as well
  --dry-run                 reads and judges the files, and changes nothing
  --json                    for machines

${environment}
${ends}`,
  variants: `Usage: lightfast variants sync [options]

Shows which named variants the presets of the app need that the account lacks or has otherwise, and
creates and changes those. It deletes none, and never fills an account beyond its 100.

  --presets FILE            in place of LIGHTFAST_PRESETS: JSON, or a module that exports "presets"
  --dry-run                 shows the plan, and changes nothing
  --yes                     asks nobody; needed where there is no terminal
  --json                    for machines

It reads LIGHTFAST_PRESETS, CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN, and, if it is set,
CLOUDFLARE_BASE_URL.

Ends with 0 if the account is as the presets want it, 1 if it has no room or nobody agreed, and 2 if
it was asked wrongly.
`,
  keys: `Usage: lightfast keys rotate [options]

Adds a second key that signs URLs, and tells what to do then; with --finish it deletes the older one.
Where a rotation stands is read from the account: one that was cut off goes on. No value is printed.

  --finish                  deletes the older key, and with it every URL that it signed
  --old NAME                which key is the older one, where the names do not tell
  --show-value              prints the value of the newer key, to a terminal only
  --dry-run                 tells what would be done, and changes nothing
  --yes                     asks nobody; needed where there is no terminal
  --json                    for machines

It reads CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN, and CLOUDFLARE_BASE_URL if it is set.

${ends}`,
}

/** Tells how the command is used, or one of its commands. */
export function formatHelp(topic: CommandName | undefined): string {
  return topic === undefined ? general : topics[topic]
}
