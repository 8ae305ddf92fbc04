// The API group of a resource that leaves out its `apiVersion`.

/** The group of each kind that no other API has. */
export const GROUP_OF_KIND: ReadonlyMap<string, string> = new Map([
  ["Task", "tekton.dev"],
  ["ClusterTask", "tekton.dev"],
  ["TaskRun", "tekton.dev"],
  ["Pipeline", "tekton.dev"],
  ["PipelineRun", "tekton.dev"],
  ["StepAction", "tekton.dev"],
  ["TriggerTemplate", "tekton.dev"],
]);
