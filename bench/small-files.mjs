// Makes a repository of many small files: for each service a values file, a Deployment, a Service and a
// ConfigMap.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a service. Two of the four hold an image: one in a mapping, one in a container. */
const FILES = {
  values: (name, number) => `# Values of ${name}.
replicaCount: ${String(1 + (number % 4))}
image:
  repository: registry.example/team/${name}
  tag: v1.${String(number)}.0
  pullPolicy: IfNotPresent
service:
  type: ClusterIP
  port: 8080
resources:
  limits: { cpu: 500m, memory: 256Mi }
  requests: { cpu: 100m, memory: 128Mi }
nodeSelector: {}
tolerations: []
`,
  deployment: (name, number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: main
          image: registry.example/team/${name}-api:1.${String(number)}
          args: ["--port", "8080"]
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
`,
  service: (name) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  configmap: (name, number) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  LOG_LEVEL: info
  TIMEOUT: "${String(number)}s"
  settings.ini: |
    [server]
    port = 8080
    name = ${name}
`,
};

/**
 * Writes the files.
 *
 * @param folder where; it is made
 * @param count how many files, a multiple of four
 */
export function writeSmallFiles(folder, count) {
  for (let number = 0; number < count / 4; number += 1) {
    const name = `service-${String(number)}`;
    mkdirSync(join(folder, name), { recursive: true });
    for (const [kind, textOf] of Object.entries(FILES))
      writeFileSync(join(folder, name, `${kind}.yaml`), textOf(name, number));
  }
}
