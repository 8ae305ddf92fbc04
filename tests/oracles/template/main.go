// Reads Go templates as JSON strings, one a line, and prints what text/template/parse makes of each as a JSON line.
// With the argument "functions" it prints the names of the functions that a chart's template can call.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"sort"
	"text/template/parse"

	"github.com/Masterminds/sprig/v3"
)

// What text/template itself has.
var builtins = []string{"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or",
	"print", "printf", "println", "slice", "urlquery"}

// What Helm 3 or Helm 4 adds to sprig (pkg/engine/funcs.go of each).
var helms = []string{"toToml", "mustToToml", "fromToml", "toYaml", "mustToYaml", "toYamlPretty", "fromYaml",
	"fromYamlArray", "toJson", "mustToJson", "fromJson", "fromJsonArray", "include", "tpl", "required", "lookup",
	"mustToDuration", "durationSeconds", "durationMilliseconds", "durationMicroseconds", "durationNanoseconds",
	"durationMinutes", "durationHours", "durationDays", "durationWeeks", "durationRoundTo", "durationTruncateTo"}

func functions() map[string]any {
	all := sprig.TxtFuncMap()
	delete(all, "env")
	delete(all, "expandenv")
	for _, name := range append(builtins, helms...) {
		all[name] = true
	}
	return all
}

func pipe(p *parse.PipeNode) any {
	if p == nil {
		return nil
	}
	variables := []string{}
	for _, v := range p.Decl {
		variables = append(variables, v.Ident[0])
	}
	commands := []any{}
	for _, c := range p.Cmds {
		operands := []any{}
		for _, a := range c.Args {
			operands = append(operands, operand(a))
		}
		commands = append(commands, operands)
	}
	return []any{variables, p.IsAssign, commands}
}

func operand(n parse.Node) any {
	switch n := n.(type) {
	case *parse.BoolNode:
		return []any{"boolean", n.True}
	case *parse.NumberNode:
		return []any{"number", n.Text}
	case *parse.StringNode:
		return []any{"string", n.Text}
	case *parse.IdentifierNode:
		return []any{"function", n.Ident}
	case *parse.FieldNode:
		return []any{"field", n.Ident}
	case *parse.VariableNode:
		return []any{"variable", n.Ident}
	case *parse.ChainNode:
		return []any{"chain", operand(n.Node), n.Field}
	case *parse.PipeNode:
		return []any{"pipe", pipe(n)}
	case *parse.DotNode:
		return []any{"dot"}
	case *parse.NilNode:
		return []any{"nil"}
	}
	panic(n.String())
}

func list(l *parse.ListNode) any {
	if l == nil {
		return nil
	}
	nodes := []any{}
	for _, n := range l.Nodes {
		nodes = append(nodes, node(n))
	}
	return nodes
}

func node(n parse.Node) any {
	switch n := n.(type) {
	case *parse.TextNode:
		return []any{"text", string(n.Text)}
	case *parse.ActionNode:
		return []any{"action", pipe(n.Pipe)}
	case *parse.IfNode:
		return []any{"if", pipe(n.Pipe), list(n.List), list(n.ElseList)}
	case *parse.RangeNode:
		return []any{"range", pipe(n.Pipe), list(n.List), list(n.ElseList)}
	case *parse.WithNode:
		return []any{"with", pipe(n.Pipe), list(n.List), list(n.ElseList)}
	case *parse.TemplateNode:
		return []any{"template", n.Name, pipe(n.Pipe)}
	case *parse.BreakNode:
		return []any{"break"}
	case *parse.ContinueNode:
		return []any{"continue"}
	}
	panic(n.String())
}

func parsed(text string, funcs map[string]any) any {
	trees, err := parse.Parse("\x00", text, "", "", funcs)
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	definitions := map[string]any{}
	for name, tree := range trees {
		if name != "\x00" {
			definitions[name] = list(tree.Root)
		}
	}
	return map[string]any{"root": list(trees["\x00"].Root), "definitions": definitions}
}

func main() {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	funcs := functions()
	if len(os.Args) > 1 {
		names := []string{}
		for name := range funcs {
			names = append(names, name)
		}
		sort.Strings(names)
		out.Encode(names)
		return
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	for in.Scan() {
		var text string
		if err := json.Unmarshal(in.Bytes(), &text); err != nil {
			panic(err)
		}
		if err := out.Encode(parsed(text, funcs)); err != nil {
			panic(err)
		}
	}
}
