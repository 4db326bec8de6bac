// SPDX-License-Identifier: Apache-2.0
// people.mjs BUILD SHOTS: from the first start on, with accounts: who gets in, and what they may do then.
import * as access from './access.mjs';
import * as admin from './admin.mjs';
import { asksToBeTold } from './notices.mjs';
import * as operator from './operator.mjs';
import * as person from './person.mjs';
import { SmallFactory } from './small.mjs';
import { Visit } from './visit.mjs';

const [build, shots, only] = process.argv.slice(2);

const STEPS = [
  ['the first start makes the admin', access.startsFirst],
  ['she uploads a program; a bad one is refused by line', (visit) => person.uploadsProgram(visit)],
  ['asks for pieces', (visit) => person.asksForPieces(visit)],
  ['empties a bed by two taps; the run starts', person.emptiesBed],
  ['counts three good, one scrap, and sees them', person.countsThreeGoodOneScrap],
  ['a wrong password, too many, the right one, out again', (visit) => access.logsInAndOut(visit)],
  ['a session ends while somebody types', access.keepsWhatWasTyped],
  ['an act that asks the password on the spot', (visit) => access.asksPasswordOnTheSpot(visit)],
  ['asks to be told', (visit) => asksToBeTold(visit)],
  ['invites an operator for one workshop', (visit) => operator.invitesOperator(visit)],
  ['the operator sees only what she may', operator.seesOnlyWhatSheMay],
  ['pairs a tablet and says who she is', operator.pairsTablet],
  ['a tablet forgets who left', (visit) => operator.forgetsWhoLeft(visit)],
  ['a token is made and revoked', (visit) => admin.makesAndRevokesToken(visit)],
  ['reads the record', (visit) => admin.readsTheRecord(visit)],
  ['narrow, dark, English', (visit) => admin.seesThemNarrow(visit)],
  ['an operator stops her own workshop', operator.stopsHerWorkshop],
  ['somebody is shut out', (visit) => operator.shutsOut(visit)],
];

async function main() {
  const factory = new SmallFactory(build, 100);
  let failed = true;
  let visit;
  try {
    await factory.open();
    visit = new Visit(factory.url, shots);
    await visit.open();
    await visit.walk('people', STEPS.filter(([name], i) => i === 0 || !only || new RegExp(only).test(name)), factory);
    failed = visit.faults.length > 0;
  } finally {
    await visit?.close();
    await factory.close(failed);
  }
  visit.faults.forEach((fault) => console.error(`FAULT ${fault}`));
  console.log(`people: ${STEPS.length} walks, ${visit.faults.length} faults, pictures in ${shots}`);
  process.exitCode = failed ? 1 : 0;
}

await main();
