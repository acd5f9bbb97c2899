package org.intarsia.backends.opencl.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Arena;
import org.intarsia.backends.opencl.plan.Nodes;
import org.intarsia.backends.opencl.plan.Region;
import org.intarsia.backends.opencl.plan.Schedule;

/// Where every value is: what one region alone needs is in its registers or its work-groups' memory, if there is room;
/// all else in one array, in which values that do not live at the same time share places.
public final class Memory {

    /// Values begin at multiples of this many numbers, so that groups read whole lines of memory.
    private static final int ALIGNMENT = 32;

    private final Map<Tensor, Place> places = new HashMap<>();
    private final Map<Region, Integer> local = new HashMap<>();
    private final Map<Tensor, int[]> lives = new LinkedHashMap<>();
    private final Set<Tensor> shared = new HashSet<>();
    private final int size;

    /// Places all values.
    ///
    /// @param limit how many numbers a work-group's memory has
    /// @param reserved how many of them the code needs for itself
    /// @param variables where each variable is
    /// @throws org.intarsia.api.backend.InsufficientMemoryException if they do not fit one array
    public Memory(Schedule schedule, int limit, int reserved, ToIntFunction<String> variables) {
        List<List<Region>> launches = new ArrayList<>(schedule.once());
        launches.addAll(schedule.steps());
        int end = launches.size();
        Map<Tensor, Region> homes = new HashMap<>();
        launches.forEach(
                launch -> launch.forEach(region -> region.stages().forEach(stage -> homes.put(stage, region))));
        for (Tensor node : schedule.live()) {
            if (node.op() instanceof Op.Variable variable) {
                places.put(node, new Place.Variable(variables.applyAsInt(variable.name())));
            } else if (Nodes.isGiven(node)) {
                lives.put(node, new int[] {0, end});
            }
        }
        schedule.outputs().values().forEach(shared::add);
        for (int time = 0; time < end; time++) {
            for (Region region : launches.get(time)) {
                for (Tensor read : reads(region, homes)) {
                    if (homes.get(read) != region) {
                        shared.add(read);
                    }
                }
            }
        }
        for (int time = 0; time < end; time++) {
            boolean lasting = time < schedule.once().size();
            for (Region region : launches.get(time)) {
                place(region, limit, reserved, lasting ? new int[] {0, end} : new int[] {time, time});
                for (Tensor read : reads(region, homes)) {
                    extend(read, time);
                }
            }
        }
        schedule.outputs().values().forEach(output -> extend(output, end));
        size = arrange();
    }

    /// Returns the kept values that a region reads, its own among them.
    private static Set<Tensor> reads(Region region, Map<Tensor, Region> homes) {
        Set<Tensor> reads = new HashSet<>();
        Set<Tensor> seen = new HashSet<>();
        List<Tensor> open = new ArrayList<>();
        region.stages().forEach(stage -> open.addAll(stage.op().operands()));
        while (!open.isEmpty()) {
            Tensor node = open.removeLast();
            if (homes.containsKey(node)) {
                reads.add(node);
            } else if (seen.add(node)) {
                open.addAll(node.op().operands());
            }
        }
        return reads;
    }

    private void place(Region region, int limit, int reserved, int[] life) {
        int used = reserved;
        for (Tensor stage : region.stages()) {
            int count = Axis.count(region.inner(stage));
            if (stage.op() instanceof Op.Assign(Tensor variable, _)) {
                places.put(stage, place(variable));
            } else if (shared.contains(stage) || region.isTiled()) {
                lives.put(stage, life.clone());
            } else if (region.inner(stage).isEmpty()) {
                places.put(stage, new Place.Register());
            } else if (used + count <= limit) {
                places.put(stage, new Place.Local(used));
                used += count;
            } else {
                lives.put(stage, life.clone());
            }
        }
        local.put(region, used);
    }

    private void extend(Tensor node, int time) {
        int[] life = lives.get(node);
        if (life != null) {
            life[1] = Math.max(life[1], time);
        }
    }

    private int arrange() {
        List<Arena.Lifetime> all = new ArrayList<>();
        lives.forEach((node, life) -> all.add(new Arena.Lifetime(node.count(), life[0], life[1])));
        Arena arena = Arena.place(all, ALIGNMENT);
        int i = 0;
        for (Tensor node : lives.keySet()) {
            places.put(node, new Place.Arena(arena.offset(i++)));
        }
        return Math.max(arena.size(), 1);
    }

    /// Returns whether a value has a place, so that it need not be computed where it is used.
    boolean has(Tensor node) {
        return places.containsKey(node);
    }

    /// Returns where a value is.
    public Place place(Tensor node) {
        Place place = places.get(node);
        if (place == null) {
            throw new IllegalStateException("no place for " + node);
        }
        return place;
    }

    /// Returns how many numbers of a work-group's memory a region needs.
    public int local(Region region) {
        Integer found = local.get(region);
        return found == null ? 0 : found;
    }

    /// Returns how many numbers the array has.
    public int size() {
        return size;
    }
}
